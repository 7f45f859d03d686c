using MigrationKit.Cli.Tests.Infrastructure;

namespace MigrationKit.Cli.Tests;

/// <summary>What is reported, what fails, and what is changed: baselines, changed files, a person's answers.</summary>
[Collection(RunsCollection.Name)]
public sealed class SelectionTests
{
    private const string More = "static class More { public static int Rate(PocketTts.TtsModel m) => m.Generate(m.LoadVoice(\"x\"), \"y\").Length; }\n";

    [Fact]
    public async Task Baseline_AcceptsWhatWasThereAndFailsOnWhatIsNew()
    {
        using var bench = Workbench.WithApp();
        var baseline = Path.Combine(bench.Root, "baseline.json");

        var written = await bench.RunAsync("check", bench.App, "--no-restore", "--baseline", baseline, "--write-baseline");
        await File.WriteAllTextAsync(bench.ProgramFile, "// moved\n\n" + Workbench.Program.Replace("using var", "using  var", StringComparison.Ordinal));
        var accepted = await bench.RunAsync("check", bench.App, "--no-restore", "--baseline", baseline, "--format", "json");
        bench.Write("App/More.cs", More);
        var grown = await bench.RunAsync("check", bench.App, "--no-restore", "--baseline", baseline, "--format", "json");

        Assert.Equal((ExitCode.Success, ExitCode.Success, ExitCode.FindingsLeft), (written.ExitCode, accepted.ExitCode, grown.ExitCode));
        Assert.Equal(accepted.Summary("found"), accepted.Summary("inBaseline"));
        Assert.All(grown.Json["findings"]!.AsArray(), f => Assert.Equal((string?)f!["file"] != "More.cs", (bool)f["inBaseline"]!));
    }

    [Fact]
    public async Task BaselineThatCanShrink_IsANote()
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/More.cs", More);
        await bench.RunAsync("check", bench.App, "--no-restore", "--baseline", "../b.json", "--write-baseline");
        bench.Write("App/More.cs", "static class More;\n");

        var whole = await bench.RunAsync("check", bench.App, "--no-restore", "--baseline", "../b.json");
        var part = await bench.RunAsync("check", bench.App, "--no-restore", "--baseline", "../b.json", "--exclude", "**/More.cs");

        Assert.Contains("2 findings that are gone", whole.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("gone", part.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PathsOfTheConfigurationFile_StandRelativeToItWhereverOneStands()
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/.migrationkit.json", """{ "baseline": "accepted.json", "report": "last.txt", "output": "..\\v2", "no-restore": true }""");
        Task<RunResult> RunAsync(params string[] args) => Workbench.RunInAsync(bench.Root, Analysis.RuleEngine.Default, args);

        var missing = await RunAsync("check", bench.App);
        Assert.Equal(ExitCode.Usage, missing.ExitCode);
        Assert.Contains($"'{Path.Combine(bench.App, "accepted.json")}' does not exist", missing.Error, StringComparison.Ordinal);

        var written = await RunAsync("check", bench.App, "--write-baseline");
        var accepted = await RunAsync("check", bench.App);
        var copied = await RunAsync("fix", bench.App, "--report", "here.txt");
        Assert.Equal((ExitCode.Success, ExitCode.Success, ExitCode.Success), (written.ExitCode, accepted.ExitCode, copied.ExitCode));
        Assert.Equal("", accepted.Out);
        Assert.All(new[] { "App/accepted.json", "App/last.txt", "here.txt", "v2/Program.cs" }, path => Assert.True(File.Exists(Path.Combine(bench.Root, path)), path));
    }

    [Fact]
    public async Task ChangedSince_ReportsInChangedAndNewFilesOnly()
    {
        using var bench = Workbench.WithApp();
        bench.Commit();
        var none = await bench.RunAsync("check", bench.App, "--no-restore", "--changed-since", "HEAD", "--format", "json");
        bench.Write("App/More.cs", More);
        var added = await bench.RunAsync("check", bench.App, "--no-restore", "--changed-since", "HEAD", "--format", "json");
        bench.Git("add", ".");
        bench.Git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "--quiet", "-m", "more");
        var committed = await bench.RunAsync("check", bench.App, "--no-restore", "--changed-since", "HEAD~1", "--format", "json");

        Assert.Equal((ExitCode.Success, 0), (none.ExitCode, none.Summary("found")));
        Assert.Empty(none.Json["coverage"]!["notAnalysable"]!.AsArray());
        foreach (var result in new[] { added, committed })
        {
            Assert.Equal((ExitCode.FindingsLeft, 2), (result.ExitCode, result.Summary("found")));
            Assert.All(result.Json["findings"]!.AsArray(), f => Assert.Equal("More.cs", (string?)f!["file"]));
        }
    }

    [Fact]
    public async Task ChangedSince_FindsItsFilesThroughALink()
    {
        using var bench = Workbench.WithApp();
        bench.Commit();
        bench.Write("App/More.cs", More);
        using var elsewhere = Workbench.Empty();
        var link = Path.Combine(elsewhere.Root, "link");
        Directory.CreateSymbolicLink(link, bench.Root);

        var result = await bench.RunAsync("check", Path.Combine(link, "App"), "--no-restore", "--changed-since", "HEAD", "--format", "json");

        Assert.Equal(2, result.Summary("found"));
        Directory.Delete(link);
    }

    [Fact]
    public async Task InteractiveNo_LeavesTheChangeOutAndYesMakesIt()
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/More.cs", More);

        // More.cs comes before Program.cs.
        var result = await bench.RunAnsweredAsync("what?\nn\ny\n", "fix", bench.App, "--no-restore", "--interactive", "--format", "json");

        Assert.Equal(ExitCode.FindingsLeft, result.ExitCode);
        Assert.Contains("[1/2] More.cs: MK0003", result.Error, StringComparison.Ordinal);
        Assert.Contains("+static class More { public static int Rate(PocketTts.TtsModel m) => m.GenerateAudio", result.Error, StringComparison.Ordinal);
        Assert.Equal(3, result.Error.Split("Apply this change?").Length - 1);
        Assert.Equal(More, await File.ReadAllTextAsync(Path.Combine(bench.App, "More.cs")));
        Assert.Contains("GenerateAudio", await File.ReadAllTextAsync(bench.ProgramFile), StringComparison.Ordinal);
        Assert.All(result.Json["findings"]!.AsArray().Where(f => (string?)f!["file"] == "More.cs"), f => Assert.Equal(("skipped", "declined with --interactive"), ((string?)f!["status"], (string?)f["reason"])));
        Assert.Equal(result.Summary("found"), result.Summary("fixed") + result.Summary("skipped"));
    }

    [Theory]
    [InlineData("a\n", "fixed", 1)]
    [InlineData("q\n", "skipped", 1)]
    [InlineData("", "skipped", 1)]
    [InlineData("y\nq\n", "fixed", 2)]
    public async Task InteractiveAllAndQuit_EndTheQuestions(string answers, string ofTheFirst, int questions)
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/More.cs", More);

        var result = await bench.RunAnsweredAsync(answers, "fix", bench.App, "--no-restore", "--no-packages", "--interactive", "--dry-run", "--format", "json");

        Assert.Equal(questions, result.Error.Split("Apply this change?").Length - 1);
        Assert.All(result.Json["findings"]!.AsArray().Where(f => (string?)f!["file"] == "More.cs"), f => Assert.Equal(ofTheFirst, (string?)f!["status"]));
        Assert.All(
            result.Json["findings"]!.AsArray().Where(f => (string?)f!["file"] == "Program.cs"),
            f => Assert.Equal(answers == "a\n" ? "fixed" : "skipped", (string?)f!["status"]));
    }
}
