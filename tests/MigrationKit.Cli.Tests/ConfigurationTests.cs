using System.Text.Json.Nodes;
using MigrationKit.Cli.Tests.Infrastructure;
using VoiceForge;

namespace MigrationKit.Cli.Tests;

[Collection(RunsCollection.Name)]
public sealed class ConfigurationTests
{
    private const string Program = """
        using VoiceForge.Audio;

        using var stream = new AudioStream(0, 1, 44100, 512);
        stream.Start();

        """;

    private const string Migrated = """
        using VoiceForge.Audio;

        using var bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);
        var config = VoiceForge.VoiceForgeConfig.Load();
        using var stream = new AudioStreamV2(0, 1, sampleRate: config.Audio.SampleRate, bufferSize: config.Audio.BufferSize, bufferPool: bufferPool);
        """;

    [Fact]
    public async Task HardCodedSizes_MoveIntoANewFileAndBack()
    {
        using var bench = Bench();
        var before = bench.TreeHash(bench.App);

        var fix = await bench.RunAsync("fix", bench.App, "--no-restore", "--format", "json");

        Assert.Equal((ExitCode.Success, ""), (fix.ExitCode, fix.Error));
        Assert.StartsWith(Migrated, await File.ReadAllTextAsync(bench.ProgramFile), StringComparison.Ordinal);
        Assert.Equal(1, Findings(fix).Count(f => (string?)f["status"] == "fixed" && (string?)f["safety"] == "review"));
        Assert.Equal(3, (int)fix.Json["coverage"]!["changed"]!);
        var config = VoiceForgeConfig.Load(ConfigOf(bench));
        Assert.Equal((44100, 512), (config.Audio.SampleRate, config.Audio.BufferSize));
        Assert.Contains("CopyToOutputDirectory", await File.ReadAllTextAsync(bench.ProjectFile), StringComparison.Ordinal);

        await bench.RunAsync("rollback");
        Directory.Delete(Path.Combine(bench.App, ".migrationkit"), recursive: true);
        Assert.Equal(before, bench.TreeHash(bench.App));
    }

    [Fact]
    public async Task DryRunAndOutput_ShowAndWriteTheFileElsewhere()
    {
        using var bench = Bench();
        var before = bench.TreeHash(bench.App);

        var diff = await bench.RunAsync("fix", bench.App, "--no-restore", "--dry-run");
        var output = Path.Combine(bench.Root, "out");
        var copy = await bench.RunAsync("fix", bench.App, "--no-restore", "--output", output);

        Assert.Contains("+  sample_rate: 44100", diff.Out, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, copy.ExitCode);
        Assert.Equal(44100, VoiceForgeConfig.Load(Path.Combine(output, "config.yaml")).Audio.SampleRate);
        Assert.Equal(before, bench.TreeHash(bench.App));
    }

    [Fact]
    public async Task ExistingFile_GetsMissingKeysAndKeepsTheRest()
    {
        using var bench = Bench();
        bench.Write("App/config.yaml", "# ours\r\naudio: # the card\r\n  sample_rate: 44100 # as the code\r\n  # nothing else\r\nresources: {total_ram_gb: 16}\r\n");

        var fix = await bench.RunAsync("fix", bench.App, "--no-restore");

        Assert.Equal((ExitCode.Success, ""), (fix.ExitCode, fix.Error));
        Assert.Equal(
            "# ours\r\naudio: # the card\r\n  sample_rate: 44100 # as the code\r\n  buffer_size: 512\r\n  # nothing else\r\nresources: {total_ram_gb: 16}\r\n",
            await File.ReadAllTextAsync(ConfigOf(bench)));

        await bench.RunAsync("rollback");
        Assert.DoesNotContain("buffer_size", await File.ReadAllTextAsync(ConfigOf(bench)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("audio:\n  sample_rate: 48000\n", "config.yaml has 'audio.sample_rate: 48000', the code 44100")]
    [InlineData("mine: 1\n", "the file there is not valid: config.yaml(1,1): mine: is not known")]
    public async Task FileThatSaysOtherwise_LeavesTheSiteToAPerson(string config, string reason)
    {
        using var bench = Bench();
        bench.Write("App/config.yaml", config);

        var fix = await bench.RunAsync("fix", bench.App, "--no-restore", "--format", "json");

        Assert.Equal(ExitCode.FindingsLeft, fix.ExitCode);
        Assert.Contains(Findings(fix), f => (string?)f["status"] == "manual" && ((string)f["reason"]!).StartsWith(reason, StringComparison.Ordinal));
        Assert.Contains("sampleRate: 44100, bufferSize: 512", await File.ReadAllTextAsync(bench.ProgramFile), StringComparison.Ordinal);
        Assert.DoesNotContain("buffer_size", await File.ReadAllTextAsync(ConfigOf(bench)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("App/config.yml", "", "rename config.yml first")]
    [InlineData("shared/config.yaml", "<ItemGroup><None Include=\"../shared/config.yaml\" Link=\"config.yaml\" /></ItemGroup>", "takes config.yaml from elsewhere")]
    [InlineData("shared/config.yaml", "<ItemGroup><None Include=\"../shared/config.yaml\" CopyToOutputDirectory=\"Always\" /></ItemGroup>", "takes config.yaml from elsewhere")]
    public async Task FileInAnotherPlace_IsNotDoubled(string path, string item, string reason)
    {
        using var bench = Bench(item);
        bench.Write(path, "audio:\n  sample_rate: 44100\n");

        var fix = await bench.RunAsync("fix", bench.App, "--no-restore", "--format", "json");

        Assert.Equal(ExitCode.FindingsLeft, fix.ExitCode);
        Assert.False(File.Exists(ConfigOf(bench)));
        Assert.All(Findings(fix), f => Assert.Contains(reason, (string)f["reason"]!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task TwoValuesOfOneKeyInAProgram_AreLeftAndBothNamed()
    {
        using var bench = Bench();
        bench.Write("App/Monitor.cs", "class Monitor { public object Open(VoiceForge.VoiceForgeConfig config) => new VoiceForge.Audio.AudioStreamV2(0, 2, new VoiceForge.Audio.BufferPool(), sampleRate: 22050); }\n");

        var fix = await bench.RunAsync("fix", bench.App, "--no-restore", "--format", "json");

        var reasons = Findings(fix).Where(f => (string?)f["status"] == "manual").Select(f => (string)f["reason"]!).ToList();
        Assert.Equal(2, reasons.Count);
        Assert.All(reasons, reason => Assert.Equal("one config.yaml cannot hold two values of 'audio.sample_rate': 22050 in Monitor.cs(1), 44100 in Program.cs(3)", reason));
    }

    [Fact]
    public async Task NoPackages_LeavesCodeAndFileAlone()
    {
        using var bench = Bench();

        var fix = await bench.RunAsync("fix", bench.App, "--no-restore", "--no-packages", "--format", "json");

        Assert.All(Findings(fix), f => Assert.Equal("skipped", (string?)f["status"]));
        Assert.False(File.Exists(ConfigOf(bench)));
        Assert.DoesNotContain("VoiceForgeConfig", await File.ReadAllTextAsync(bench.ProgramFile), StringComparison.Ordinal);
    }

    private static Workbench Bench(string item = "")
    {
        var bench = Workbench.WithApp();
        bench.Write("App/App.csproj", Workbench.AppProject.Replace("PocketTts", "VoiceForge", StringComparison.Ordinal).Replace("</Project>", item + "</Project>", StringComparison.Ordinal));
        bench.Write("App/Program.cs", Program);
        return bench;
    }

    private static string ConfigOf(Workbench bench) => Path.Combine(bench.App, "config.yaml");

    private static List<JsonNode> Findings(RunResult run) => [.. run.Json["findings"]!.AsArray().Where(f => (string?)f!["rule"] == "MK0108").Select(f => f!)];
}
