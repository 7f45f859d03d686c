using System.IO.Compression;
using MigrationKit.Cli.Commands;
using MigrationKit.Cli.Tests.Infrastructure;
using VoiceForge;

namespace MigrationKit.Cli.Tests;

[Collection(RunsCollection.Name)]
public sealed class DiagnoseTests
{
    private const string Small = "audio: {backend: loopback}\nbuffer_pool: {num_slots: 4, slot_size_samples: 4096}\nresources: {allocation: {audio_buffers_gb: 0.05, model_cache_gb: 0.1, feature_cache_gb: 0.1}}\n";

    [Fact]
    public async Task Json_HasEveryCheckWithMeasurementLimitAndRemedy()
    {
        using var bench = Workbench.Empty();
        bench.Write("App/config.yaml", Small);
        var before = bench.TreeHash();

        var result = await bench.RunAsync("diagnose", "--format", "json");

        Assert.Equal((ExitCode.Success, ""), (result.ExitCode, result.Error));
        Assert.Equal(before, bench.TreeHash());
        Assert.Equal(["config.yaml"], Directory.EnumerateFileSystemEntries(bench.App).Select(Path.GetFileName));
        Assert.Equal(("diagnose", true), ((string?)result.Json["command"], (bool)result.Json["passed"]!));
        var pool = result.Json["checks"]!.AsArray().Single(check => (string?)check!["name"] == "buffer pool")!;
        Assert.Equal("pass", (string?)pool["status"]);
        Assert.StartsWith("4 slots", (string?)pool["measured"], StringComparison.Ordinal);
        Assert.Contains(result.Json["checks"]!.AsArray(), check => (string?)check!["status"] == "notMeasured" && check["remedy"] is not null);
    }

    [Fact]
    public async Task FailedCheck_IsExitCodeOneAndSaysWhatToDo()
    {
        using var bench = Workbench.Empty();
        bench.Write("App/settings.yaml", Small.Replace("{backend: loopback}", "{backend: loopback, buffer_size: 4096}", StringComparison.Ordinal));

        var result = await bench.RunAsync("diagnose", "--config", "settings.yaml");

        Assert.Equal(ExitCode.FindingsLeft, result.ExitCode);
        Assert.Matches("(?m)^fail +latency +85.33 ms", result.Out);
        Assert.Contains("do: lower 'audio.buffer_size'", result.Out, StringComparison.Ordinal);
        Assert.Contains("not ready: ", result.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Bundle_HoldsLogsAndAudioOnlyWhenAsked(bool withAudio)
    {
        using var bench = Workbench.Empty();
        bench.Write("App/config.yaml", Small);
        bench.Write("App/logs/debug.log", "started");
        bench.Write("App/logs/snapshots/snapshot_1/metadata.json", "{}");
        bench.Write("App/logs/snapshots/snapshot_1/audio_input.wav", "a voice");
        bench.Write("App/logs/secret.key", "of an unknown kind");

        var result = await bench.RunAsync(["diagnose", "--bundle", "out.zip", .. withAudio ? ["--with-audio"] : Array.Empty<string>()]);

        Assert.True(result.ExitCode == ExitCode.Success, result.Out + result.Error);
        using var archive = ZipFile.OpenRead(Path.Combine(bench.App, "out.zip"));
        string[] expected = ["diagnostics.json", "config.yaml", "logs/debug.log", "logs/snapshots/snapshot_1/metadata.json"];
        Assert.Equal(
            expected.Concat(withAudio ? ["logs/snapshots/snapshot_1/audio_input.wav"] : []).Order(StringComparer.Ordinal),
            archive.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal));
        Assert.Contains("look through it", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("config init", "diagnose")]
    [InlineData("'missing.yaml'|does not exist", "diagnose", "--config", "missing.yaml")]
    [InlineData("broken.yaml(1,|colour", "diagnose", "--config", "broken.yaml")]
    [InlineData("exists already", "diagnose", "--config", "good.yaml", "--bundle", "good.yaml")]
    [InlineData("no/such", "diagnose", "--config", "good.yaml", "--bundle", "no/such/out.zip")]
    [InlineData("--with-audio", "diagnose", "--config", "good.yaml", "--with-audio")]
    [InlineData("yaml", "diagnose", "--config", "good.yaml", "--format", "yaml")]
    public async Task WrongInput_IsUsageAndNothingIsWritten(string message, params string[] args)
    {
        using var bench = Workbench.Empty();
        bench.Write("App/broken.yaml", "colour: red\n");
        bench.Write("App/good.yaml", Small);
        var before = bench.TreeHash();

        var result = await bench.RunAsync(args);

        Assert.Equal((ExitCode.Usage, ""), (result.ExitCode, result.Out));
        Assert.All(message.Split('|'), part => Assert.Contains(part.Trim('\''), result.Error, StringComparison.Ordinal));
        Assert.Equal(before, bench.TreeHash());
    }

    [Fact]
    public async Task ConfigInit_WritesAFileThatLoadsAndNeverOverwrites()
    {
        using var bench = Workbench.Empty();
        Directory.CreateDirectory(bench.App);

        var first = await bench.RunAsync("config", "init");
        var file = Path.Combine(bench.App, "config.yaml");
        Assert.Equal((ExitCode.Success, ""), (first.ExitCode, first.Error));
        Assert.Equal(48000, VoiceForgeConfig.Load(file).Audio.SampleRate);

        await File.WriteAllTextAsync(file, "mine");
        var second = await bench.RunAsync("config", "init");
        Assert.Equal(ExitCode.Usage, second.ExitCode);
        Assert.Equal("mine", await File.ReadAllTextAsync(file));

        File.Move(file, Path.ChangeExtension(file, ".yml"));
        Assert.Equal(ExitCode.Usage, (await bench.RunAsync("config", "init")).ExitCode);
        Assert.False(File.Exists(file));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(1)]
    [InlineData(3.7)]
    [InlineData(8)]
    [InlineData(15.6)]
    [InlineData(24)]
    [InlineData(2000)]
    public void Template_FitsEveryMachine(double memoryGb)
    {
        using var bench = Workbench.Empty();
        var text = ConfigurationTemplate.For(memoryGb);

        var config = VoiceForgeConfig.Load(bench.Write("config.yaml", text));

        var sizes = config.Resources.Allocation;
        Assert.True(sizes.AudioBuffersGb + sizes.ModelCacheGb + sizes.FeatureCacheGb <= 0.7 * memoryGb, text);
        Assert.DoesNotContain('<', text);
        if (memoryGb >= 24)
            Assert.Equal((8, 4), (sizes.ModelCacheGb, sizes.FeatureCacheGb));
    }

    [Fact]
    public void Template_HasEveryKeyOfTheRuntimeWithAComment()
    {
        var keys = new List<string>();
        var path = new Stack<string>();
        foreach (var line in ConfigurationTemplate.For(memoryGb: 16).Split('\n'))
        {
            // A key that is commented out stands behind "# ", indented like its neighbours.
            var indent = line.Length - line.TrimStart(' ').Length;
            var isCommentedOut = indent > 0 && line[indent] == '#';
            var text = isCommentedOut ? line[(indent + 2)..] : line[indent..];
            if (text.Length == 0 || text[0] == '#')
                continue;

            var key = text.Split(':')[0];
            while (path.Count > indent / 2)
                path.Pop();
            path.Push(key);
            var (value, comment) = text[(key.Length + 1)..].Split('#', 2) is [var before, var after] ? (before.Trim(), after.Trim()) : (text[(key.Length + 1)..].Trim(), "");
            if (value.Length == 0)
                continue; // a section

            keys.Add(string.Join('.', path.Reverse()));
            Assert.True(comment.Length > 0 || isCommentedOut, line);
        }

        Assert.Equal(VoiceForgeConfig.Keys.Order(StringComparer.Ordinal), keys.Order(StringComparer.Ordinal));
    }
}
