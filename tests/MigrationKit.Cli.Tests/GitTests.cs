using System.Diagnostics;
using MigrationKit.Cli.Tests.Infrastructure;

namespace MigrationKit.Cli.Tests;

/// <summary>Which edits that git does not know stand in the way.</summary>
[Collection(RunsCollection.Name)]
public sealed class GitTests
{
    [Fact]
    public async Task UntrackedFiles_AreNoUncommittedEdits()
    {
        using var bench = await CommittedAsync();
        bench.Write("App/New.cs", "class New { object V(PocketTts.TtsModel m) => m.LoadVoice(\"a\"); }\n");
        bench.Write("App/notes.txt", "not of this run");
        var result = await bench.RunAsync("fix", bench.App, "--no-restore");
        Assert.Equal((ExitCode.Success, ""), (result.ExitCode, result.Error));
        Assert.Contains("GetStateForAudioPrompt", await File.ReadAllTextAsync(Path.Combine(bench.App, "New.cs")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task EditsOfFilesThatStay_DoNotCount()
    {
        using var bench = await CommittedAsync();
        bench.Write("App/Other.cs", "class Other { int edited; }\n");
        var result = await bench.RunAsync("fix", bench.App, "--no-restore");
        Assert.Equal((ExitCode.Success, ""), (result.ExitCode, result.Error));
    }

    [Fact]
    public async Task DryRun_ShowsTheDiffAndReturnsWhatStandsInTheWay()
    {
        using var bench = await CommittedAsync();
        await File.AppendAllTextAsync(bench.ProgramFile, "// edited\n");
        var before = bench.TreeHash(bench.App);

        var result = await bench.RunAsync("fix", bench.App, "--no-restore", "--dry-run");
        var real = await bench.RunAsync("fix", bench.App, "--no-restore");
        var allowed = await bench.RunAsync("fix", bench.App, "--no-restore", "--dry-run", "--allow-dirty");

        Assert.Equal((ExitCode.Usage, real.ExitCode, ExitCode.Success), (result.ExitCode, ExitCode.Usage, allowed.ExitCode));
        Assert.Contains("+using var model = TtsModel.LoadModel", result.Out, StringComparison.Ordinal);
        Assert.Equal(real.Error, result.Error.Replace("without --dry-run nothing is written. ", "", StringComparison.Ordinal));
        Assert.Contains("(commit them, or pass --allow-dirty): Program.cs", real.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("ncommitted", allowed.Out + allowed.Error, StringComparison.Ordinal);
        Assert.Equal(before, bench.TreeHash(bench.App));
    }

    private static async Task<Workbench> CommittedAsync()
    {
        var bench = Workbench.WithApp();
        bench.Write("App/.gitignore", "obj/\nbin/\n");
        bench.Write("App/Other.cs", "class Other { }\n");
        foreach (var command in new[] { "init -q", "add -A", "-c user.name=a -c user.email=a@example.com commit -q -m V1" })
        {
            using var git = Process.Start(new ProcessStartInfo("git", command) { WorkingDirectory = bench.Root })!;
            await git.WaitForExitAsync();
            Assert.Equal(0, git.ExitCode);
        }

        return bench;
    }
}
