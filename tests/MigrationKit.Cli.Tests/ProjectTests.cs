using System.Diagnostics;
using MigrationKit.Cli.Tests.Infrastructure;

namespace MigrationKit.Cli.Tests;

[Collection(RunsCollection.Name)]
public sealed class ProjectTests
{
    private const string LibraryProject = """
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
          </PropertyGroup>
          <ItemGroup>
            <Reference Include="PocketTts" HintPath="..\lib\PocketTts.dll" />
          </ItemGroup>
        </Project>

        """;

    [Fact]
    public async Task A75_FileLinkedIntoTwoProjects_IsChangedOnce()
    {
        using var bench = Workbench.WithApp();
        bench.Write("shared/Shared.cs", "static class Shared { public static object V(PocketTts.TtsModel m) => m.LoadVoice(\"a\"); }\n");
        bench.Write("App/App.csproj", Linked(Workbench.AppProject));
        bench.Write("Lib/Lib.csproj", Linked(LibraryProject));
        bench.Write("All.slnx", """<Solution><Project Path="App/App.csproj" /><Project Path="Lib/Lib.csproj" /></Solution>""");

        var result = await bench.RunAsync("fix", bench.Root, "--format", "json");

        Assert.Equal((ExitCode.Success, ""), (result.ExitCode, result.Error));
        Assert.Single(result.Json["findings"]!.AsArray(), f => (string?)f!["file"] == "shared/Shared.cs");
        Assert.Equal("static class Shared { public static object V(PocketTts.TtsModel m) => m.GetStateForAudioPrompt(\"a\"); }\n", await File.ReadAllTextAsync(Path.Combine(bench.Root, "shared", "Shared.cs")));

        static string Linked(string project) =>
            project.Replace("  <ItemGroup>", "  <ItemGroup>\n    <Compile Include=\"../shared/Shared.cs\" />", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A75_ContextsThatNeedDifferentTexts_LeaveTheFileToAPerson()
    {
        using var bench = Workbench.WithApp();
        // Symbols differ between the projects as they do between target frameworks.
        const string source = """
            static class Shared
            {
            #if SECOND
                public static object V(PocketTts.TtsModel m) => m.LoadVoice("b");
            #else
                public static object V(PocketTts.TtsModel m) => m.LoadVoice("a");
            #endif
            }

            """;
        var file = bench.Write("shared/Shared.cs", source);
        bench.Write("App/App.csproj", Workbench.AppProject.Replace("  <ItemGroup>", "  <ItemGroup>\n    <Compile Include=\"../shared/Shared.cs\" />", StringComparison.Ordinal));
        bench.Write("Lib/Lib.csproj", LibraryProject
            .Replace("<TargetFramework>", "<DefineConstants>SECOND</DefineConstants><TargetFramework>", StringComparison.Ordinal)
            .Replace("  <ItemGroup>", "  <ItemGroup>\n    <Compile Include=\"../shared/Shared.cs\" />", StringComparison.Ordinal));
        bench.Write("All.slnx", """<Solution><Project Path="App/App.csproj" /><Project Path="Lib/Lib.csproj" /></Solution>""");

        var result = await bench.RunAsync("fix", bench.Root, "--format", "json");

        Assert.Equal((ExitCode.FindingsLeft, ""), (result.ExitCode, result.Error));
        Assert.Equal(source, await File.ReadAllTextAsync(file));
        Assert.Equal(2, result.Summary("manual"));
    }

    [Fact]
    public async Task ReferencesEntry_TurnsTheReferenceIntoOneToThatProject()
    {
        using var bench = Workbench.WithApp();
        bench.Write("V2/PocketTts.csproj", LibraryProject);
        bench.Write("App/.migrationkit.json", """{ "references": { "PocketTts": { "project": "../V2/PocketTts.csproj" } } }""");

        var result = await bench.RunAsync("fix", bench.App, "--no-restore");

        Assert.Equal((ExitCode.Success, ""), (result.ExitCode, result.Error));
        Assert.Contains("<ProjectReference Include=\"../V2/PocketTts.csproj\" />", await File.ReadAllTextAsync(bench.ProjectFile), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SwapThatBreaksTheProject_LeavesItToAPersonByName()
    {
        using var bench = Workbench.WithApp();
        // V2 brings a type of this name into the imported namespace.
        bench.Write("App/Own.cs", "namespace Mine { public class TtsModelOptions { } }\n");
        bench.Write("App/Use.cs", "using PocketTts;\nusing Mine;\nclass Use { TtsModelOptions? o; object? P => o; }\n");
        var before = bench.TreeHash(bench.App);

        var result = await bench.RunAsync("fix", bench.App, "--no-restore", "--format", "json");

        Assert.Equal((ExitCode.FindingsLeft, ""), (result.ExitCode, result.Error));
        Assert.Equal(before, bench.TreeHash(bench.App));
        Assert.All(result.Json["findings"]!.AsArray(), f => Assert.Contains("App.csproj does not compile once V2 is referenced", (string?)f!["reason"], StringComparison.Ordinal));
    }

    [Fact]
    public async Task ProgramThatUsesTheApplicationClass_GetsAConfiguration()
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/App.csproj", Workbench.AppProject.Replace("PocketTts", "VoiceForge", StringComparison.Ordinal));
        bench.Write("App/Program.cs", "using VoiceForge;\n\nusing var app = new VoiceForgeApp();\nConsole.WriteLine(app);\n");

        var result = await bench.RunAsync("fix", bench.App, "--no-restore");

        Assert.Equal((ExitCode.Success, ""), (result.ExitCode, result.Error));
        Assert.Contains("audio_buffers_gb: 0.2", await File.ReadAllTextAsync(Path.Combine(bench.App, "config.yaml")), StringComparison.Ordinal);
        Assert.Contains("<None Update=\"config.yaml\" CopyToOutputDirectory=\"PreserveNewest\" />", await File.ReadAllTextAsync(bench.ProjectFile), StringComparison.Ordinal);

        await bench.RunAsync("rollback");
        Assert.False(File.Exists(Path.Combine(bench.App, "config.yaml")));
    }

    [Fact]
    public async Task CheckThatComesWithASwap_IsLeftWithThatReasonWhereTheSwapIs()
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/App.csproj", Workbench.AppProject.Replace("PocketTts", "VoiceForge", StringComparison.Ordinal));
        bench.Write("App/Program.cs", "using VoiceForge.Audio;\n\nusing var mine = new Mine();\nmine.Start();\n\nsealed class Mine() : AudioStream(0, 1);\n");

        var result = await bench.RunAsync("fix", bench.App, "--no-restore", "--format", "json");

        Assert.Equal(ExitCode.FindingsLeft, result.ExitCode);
        var reasons = result.Json["findings"]!.AsArray().ToLookup(f => (string?)f!["rule"], f => $"{f!["status"]}: {f["reason"]}");
        Assert.Equal(["manual: a subclass of 'AudioStream' must be migrated first"], reasons["MK0104"]);
        Assert.StartsWith("manual: a subclass", Assert.Single(reasons["MK0103"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExistingConfiguration_IsLeftAlone()
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/App.csproj", Workbench.AppProject.Replace("PocketTts", "VoiceForge", StringComparison.Ordinal));
        bench.Write("App/Program.cs", "using VoiceForge;\n\nusing var app = new VoiceForgeApp();\n");
        var own = bench.Write("App/config.yaml", "mine: 1\n");
        await bench.RunAsync("fix", bench.App, "--no-restore");
        Assert.Equal("mine: 1\n", await File.ReadAllTextAsync(own));
    }

    [Fact]
    public async Task UncommittedEdits_AreRefusedUnlessAllowed()
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/.gitignore", "obj/\nbin/\n");
        Git(bench, "init", "-q");
        Git(bench, "add", "-A");
        Git(bench, "-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-q", "-m", "V1");
        await File.AppendAllTextAsync(bench.ProgramFile, "// edited\n");
        var before = bench.TreeHash(bench.App);

        var refused = await bench.RunAsync("fix", bench.App, "--no-restore");
        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        Assert.Contains("Program.cs", refused.Error, StringComparison.Ordinal);
        Assert.Equal(before, bench.TreeHash(bench.App));

        var allowed = await bench.RunAsync("fix", bench.App, "--no-restore", "--allow-dirty");
        Assert.Equal(ExitCode.Success, allowed.ExitCode);
        Assert.EndsWith("// edited\n", await File.ReadAllTextAsync(bench.ProgramFile), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OutputInARepository_HoldsWhatGitTracksAndNothingIgnored()
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/.gitignore", "obj/\nsecret.txt\n");
        bench.Write("App/secret.txt", "ignored");
        bench.Write("App/new.txt", "neither tracked nor ignored");
        Git(bench, "init", "-q");
        Git(bench, "add", "App/Program.cs", "App/App.csproj");
        var output = Path.Combine(bench.Root, "out");

        var result = await bench.RunAsync("fix", bench.App, "--no-restore", "--output", output);

        Assert.Equal(ExitCode.Success, result.ExitCode);
        Assert.Equal(
            [".gitignore", ".migrationkit-output.json", "App.csproj", "Program.cs", "new.txt"],
            Directory.EnumerateFiles(output).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task CancelledRun_WritesNothing()
    {
        using var bench = Workbench.WithApp();
        var before = bench.TreeHash();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new Migrator(Analysis.RuleEngine.Default, _ => { }).RunAsync(new() { Path = bench.App, Fix = true, NoRestore = true }, cancelled.Token));
        Assert.Equal(before, bench.TreeHash());
    }

    private static void Git(Workbench bench, params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = bench.Root })!;
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
    }
}
