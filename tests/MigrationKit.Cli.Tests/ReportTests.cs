using System.Text.Json.Nodes;
using MigrationKit.Cli.Tests.Infrastructure;

namespace MigrationKit.Cli.Tests;

[Collection(RunsCollection.Name)]
public sealed class ReportTests
{
    [Theory]
    [InlineData("text", "1 project, ")]
    [InlineData("github", "::warning file=Program.cs,line=3,")]
    [InlineData("sarif", "\"columnKind\": \"utf16CodeUnits\"")]
    [InlineData("html", "<!DOCTYPE html>")]
    public async Task EveryFormat_GoesToStandardOutputOrFileAlike(string format, string part)
    {
        using var bench = Workbench.WithApp();
        var file = Path.Combine(bench.Root, "report");

        var direct = await bench.RunAsync("check", bench.App, "--no-restore", "--format", format);
        var filed = await bench.RunAsync("check", bench.App, "--no-restore", "--format", format, "--report", file);

        Assert.Equal((ExitCode.FindingsLeft, ExitCode.FindingsLeft, ""), (direct.ExitCode, filed.ExitCode, filed.Out));
        Assert.Contains(part, direct.Out, StringComparison.Ordinal);
        Assert.Contains(part, await File.ReadAllTextAsync(file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TextSummary_CountsOneThingAsOneAndHasNoColumnOfZeros()
    {
        using var bench = Workbench.WithApp();
        var result = await bench.RunAsync("check", bench.App, "--no-restore");
        var found = result.Out.Split('\n').Single(l => l.Contains("found", StringComparison.Ordinal));
        Assert.Matches(@"^1 project, \d+ C# files?: found (\d+), fixed 0, manual 0, unverified 0, skipped \1 ", found);
        Assert.Contains(result.Out.Split('\n'), l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["Rule", "Found", "Open"]);
    }

    [Fact]
    public async Task DryRun_ReportsTheDiffThatGitTakes()
    {
        using var bench = Workbench.WithApp();
        var result = await bench.RunAsync("fix", bench.App, "--no-restore", "--dry-run", "--format", "json");

        Assert.True((bool)result.Json["dryRun"]!);
        Assert.Null(result.Json["run"]);
        Assert.Equal("yes", (string?)result.Json["compiles"]);
        bench.Write("App/change.patch", string.Concat(result.Json["changes"]!.AsArray().Select(c => (string)c!["diff"]!)));
        Assert.Equal(["App.csproj", "Program.cs"], result.Json["changes"]!.AsArray().Select(c => (string?)c!["file"]));
        using var git = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("git", ["apply", "change.patch"]) { WorkingDirectory = bench.App })!;
        await git.WaitForExitAsync();
        Assert.Equal(0, git.ExitCode);
        Assert.Contains("GenerateAudio", await File.ReadAllTextAsync(bench.ProgramFile), StringComparison.Ordinal);
        Assert.Contains(result.Json["findings"]!.AsArray(), f => (string?)f!["shape"] == "Generate → GenerateAudio" && (string?)f["project"] == "App.csproj");
    }

    [Fact]
    public async Task Run_KeepsItsReport()
    {
        using var bench = Workbench.WithApp();
        var fix = await bench.RunAsync("fix", bench.App, "--no-restore", "--format", "json");
        var id = (string)fix.Json["run"]!;
        await File.AppendAllTextAsync(bench.ProgramFile, "// edited since\n");

        var json = await bench.RunAsync("report", id, "--format", "json");
        var html = await bench.RunAsync("report", id);
        var runs = await bench.RunAsync("runs", "--format", "json");
        var table = await bench.RunAsync("runs");

        Assert.Equal((ExitCode.Success, ExitCode.Success, ExitCode.Success), (json.ExitCode, html.ExitCode, runs.ExitCode));
        Assert.True(JsonNode.DeepEquals(fix.Json["changes"], json.Json["changes"]));
        Assert.True(JsonNode.DeepEquals(fix.Json["findings"], json.Json["findings"]));
        Assert.Contains(id, html.Out, StringComparison.Ordinal);
        var run = Assert.Single(runs.Json.AsArray())!;
        Assert.Equal((id, "written", "yes"), ((string?)run["run"], (string?)run["state"], (string?)run["compiles"]));
        Assert.Equal(["App.csproj", "Program.cs"], run["files"]!.AsArray().Select(f => (string?)f));
        Assert.Contains("yes", table.Out, StringComparison.Ordinal);

        var file = Path.Combine(bench.Root, "page.html");
        Assert.Equal((ExitCode.Success, ""), ((await bench.RunAsync("report", id, "--report", file)) is var filed ? (filed.ExitCode, filed.Out) : default));
        Assert.Equal(html.Out, await File.ReadAllTextAsync(file));
    }

    // The disk that fills up meanwhile: what was written is not denied, and its report is still there.
    [Fact]
    public async Task ReportThatNoDiskTakes_LeavesTheRunAndSaysWhereItIs()
    {
        const string full = "/dev/full";
        if (!File.Exists(full))
            return; // only Linux has such a place
        using var bench = Workbench.WithApp();

        var result = await bench.RunAsync("fix", bench.App, "--no-restore", "--report", full);

        Assert.Equal(ExitCode.Usage, result.ExitCode);
        Assert.StartsWith($"error: --report '{full}' cannot be written: ", result.Error, StringComparison.Ordinal);
        var page = await bench.RunAsync("report", result.Error.Split("migrationkit report ")[1].Split('\'')[0]);
        Assert.Equal(ExitCode.Success, page.ExitCode);
        Assert.StartsWith("<!DOCTYPE html>", page.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReportOfAnUnknownRun_IsUsage()
    {
        using var bench = Workbench.WithApp();
        var id = (string)(await bench.RunAsync("fix", bench.App, "--no-restore", "--format", "json")).Json["run"]!;

        var unknown = await bench.RunAsync("report", "20200101-000000-ffffff");
        var format = await bench.RunAsync("report", id, "--format", "sarif");
        var folder = await bench.RunAsync("report", id, "--report", bench.App);
        File.Delete(Path.Combine(bench.App, ".migrationkit", "runs", id, "report.json"));
        var old = await bench.RunAsync("report", id);
        var runs = await bench.RunAsync("runs");

        Assert.All(new[] { unknown, format, folder, old }, r => Assert.Equal((ExitCode.Usage, ""), (r.ExitCode, r.Out)));
        Assert.Contains("'migrationkit runs' lists them", unknown.Error, StringComparison.Ordinal);
        Assert.Contains("html, json", format.Error, StringComparison.Ordinal);
        Assert.Contains("is a folder", folder.Error, StringComparison.Ordinal);
        Assert.Contains("older migrationkit", old.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, runs.ExitCode);
    }
}
