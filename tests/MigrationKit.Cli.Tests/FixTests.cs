using System.Diagnostics;
using MigrationKit.Cli.Tests.Infrastructure;

namespace MigrationKit.Cli.Tests;

[Collection(RunsCollection.Name)]
public sealed class FixTests
{
    private const string Migrated = """
        using PocketTts;

        using var model = TtsModel.LoadModel("tone", lsdDecodeSteps: 4);
        var voice = model.GetStateForAudioPrompt("alba");
        Console.WriteLine(model.GenerateAudio(voice, "Hello").Length);

        """;

    private static readonly string MigratedProject = Workbench.AppProject.Replace(
        """
        <Reference Include="PocketTts">
              <HintPath>..\lib\PocketTts.dll</HintPath>
            </Reference>
        """,
        """<PackageReference Include="PocketTts" Version="[1.0.0,2.0.0)" />""",
        StringComparison.Ordinal);

    [Fact]
    public async Task V1Application_IsMigratedAndRolledBackByteForByte()
    {
        using var bench = Workbench.WithApp();
        var before = bench.TreeHash(bench.App);

        var fix = await bench.RunAsync("fix", bench.App, "--no-restore");

        Assert.Equal((ExitCode.Success, ""), (fix.ExitCode, fix.Error));
        Assert.Contains("compiles: yes", fix.Out, StringComparison.Ordinal);
        Assert.Equal(Migrated, await File.ReadAllTextAsync(bench.ProgramFile));
        Assert.Equal(MigratedProject, await File.ReadAllTextAsync(bench.ProjectFile));

        var runs = await bench.RunAsync("runs");
        Assert.Contains("written", runs.Out, StringComparison.Ordinal);
        var rollback = await bench.RunAsync("rollback");
        Assert.Equal((ExitCode.Success, ""), (rollback.ExitCode, rollback.Error));
        Directory.Delete(Path.Combine(bench.App, ".migrationkit"), recursive: true);
        Assert.Equal(before, bench.TreeHash(bench.App));
    }

    [Fact]
    public async Task DryRun_WritesNothingAndItsDiffAppliesWithGit()
    {
        using var bench = Workbench.WithApp();
        var before = bench.TreeHash();

        var result = await bench.RunAsync("fix", bench.App, "--no-restore", "--dry-run");

        Assert.Equal(ExitCode.Success, result.ExitCode);
        Assert.Equal(before, bench.TreeHash());
        var patch = bench.Write("patch.txt", result.Out);
        using var git = Process.Start(new ProcessStartInfo("git", ["apply", patch]) { WorkingDirectory = bench.App })!;
        await git.WaitForExitAsync();
        Assert.Equal(0, git.ExitCode);
        Assert.Equal(Migrated, await File.ReadAllTextAsync(bench.ProgramFile));
        Assert.Equal(MigratedProject, await File.ReadAllTextAsync(bench.ProjectFile));
    }

    [Fact]
    public async Task Output_IsAMigratedCopyAndTheSameCommandWorksTwice()
    {
        using var bench = Workbench.WithApp();
        var before = bench.TreeHash(bench.App);
        var output = Path.Combine(bench.Root, "out", "App.v2");

        var first = await bench.RunAsync("fix", bench.App, "--no-restore", "--output", output);
        var copy = bench.TreeHash(output);
        bench.Write("out/App.v2/bin/Debug/built.txt", "a build result is no edit");
        var second = await bench.RunAsync("fix", bench.App, "--no-restore", "--output", output);

        Assert.Equal((ExitCode.Success, ExitCode.Success), (first.ExitCode, second.ExitCode));
        Assert.Equal(Migrated, await File.ReadAllTextAsync(Path.Combine(output, "Program.cs")));
        Assert.Equal(copy, bench.TreeHash(output));
        Assert.Equal(before, bench.TreeHash(bench.App));
    }

    [Fact]
    public async Task OutputEditedSince_IsRefusedAndKept()
    {
        using var bench = Workbench.WithApp();
        var output = Path.Combine(bench.Root, "out");
        await bench.RunAsync("fix", bench.App, "--no-restore", "--output", output);
        await File.AppendAllTextAsync(Path.Combine(output, "Program.cs"), "// mine\n");
        var edited = bench.TreeHash();

        var result = await bench.RunAsync("fix", bench.App, "--no-restore", "--output", output);

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.Contains("Program.cs", result.Error, StringComparison.Ordinal);
        Assert.Equal(edited, bench.TreeHash());
    }

    [Fact]
    public async Task Output_RebasesReferencesThatLeaveTheTree()
    {
        using var bench = Workbench.WithApp();
        var output = Path.Combine(bench.Root, "deep", "er", "out");

        await bench.RunAsync("fix", bench.App, "--no-restore", "--no-packages", "--output", output);

        Assert.Contains(@"..\..\..\lib\PocketTts.dll", await File.ReadAllTextAsync(Path.Combine(output, "App.csproj")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SecondRun_ChangesNothing()
    {
        using var bench = Workbench.WithApp();
        await bench.RunAsync("fix", bench.App, "--no-restore", "--no-packages");
        var once = await File.ReadAllTextAsync(bench.ProgramFile);

        // The reference is still V1's, so the migrated code stands where no state but S2 compiles.
        var second = await bench.RunAsync("fix", bench.App, "--no-restore", "--no-packages", "--format", "json");

        Assert.Equal(once, await File.ReadAllTextAsync(bench.ProgramFile));
        Assert.Equal(0, second.Summary("fixed"));
    }

    [Fact]
    public async Task NoPackages_LeavesTheReferenceAndSaysSo()
    {
        using var bench = Workbench.WithApp();

        var result = await bench.RunAsync("fix", bench.App, "--no-restore", "--no-packages", "--format", "json");

        Assert.Equal(ExitCode.FindingsLeft, result.ExitCode);
        Assert.Equal(Workbench.AppProject, await File.ReadAllTextAsync(bench.ProjectFile));
        Assert.Equal(Migrated, await File.ReadAllTextAsync(bench.ProgramFile));
        Assert.Equal(1, result.Summary("skipped"));
    }

    [Fact]
    public async Task NoVerify_WritesTheSameAndSaysThatItWasNotCompiled()
    {
        using var bench = Workbench.WithApp();
        var result = await bench.RunAsync("fix", bench.App, "--no-restore", "--no-verify");
        Assert.Equal(ExitCode.Success, result.ExitCode);
        Assert.Contains("not verified", result.Out, StringComparison.Ordinal);
        Assert.Equal(Migrated, await File.ReadAllTextAsync(bench.ProgramFile));
    }

    [Fact]
    public async Task SafeOnly_SkipsWhatIsToBeReviewed()
    {
        using var bench = Workbench.WithApp();
        // The text of nameof changes at run time: a review fix.
        bench.Write("App/Names.cs", "static class Names { public const string Old = nameof(PocketTts.TtsModel.LoadVoice); }\n");

        var result = await bench.RunAsync("fix", bench.App, "--no-restore", "--safe-only", "--format", "json");

        Assert.Equal(ExitCode.FindingsLeft, result.ExitCode);
        Assert.Equal(1, result.Summary("skipped"));
        Assert.Contains("LoadVoice", await File.ReadAllTextAsync(Path.Combine(bench.App, "Names.cs")), StringComparison.Ordinal);
        Assert.Equal(Migrated, await File.ReadAllTextAsync(bench.ProgramFile));
    }

    [Fact]
    public async Task OldTargetFramework_LeavesTheProjectByteIdentical()
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/App.csproj", Workbench.AppProject.Replace("net10.0", "netstandard2.0", StringComparison.Ordinal)
            .Replace("<OutputType>Exe</OutputType>", "<LangVersion>latest</LangVersion>", StringComparison.Ordinal));
        bench.Write("App/Program.cs", "static class Speech { public static float[] Say() { var m = new PocketTts.TtsModel(); return m.Generate(m.LoadVoice(\"alba\"), \"Hi\"); } }\n");
        var before = bench.TreeHash(bench.App);

        var result = await bench.RunAsync("fix", bench.App, "--format", "json");

        Assert.Equal((ExitCode.FindingsLeft, ""), (result.ExitCode, result.Error));
        Assert.Equal(before, bench.TreeHash(bench.App));
        Assert.Contains(result.Json["findings"]!.AsArray(), f => (string?)f!["rule"] == "MKP005" && (string?)f["status"] == "manual");
        Assert.All(result.Json["findings"]!.AsArray(), f => Assert.Equal("manual", (string?)f!["status"]));
    }
}
