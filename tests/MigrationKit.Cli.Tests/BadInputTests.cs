using MigrationKit.Cli.Tests.Infrastructure;

namespace MigrationKit.Cli.Tests;

[Collection(RunsCollection.Name)]
public sealed class BadInputTests
{
    [Theory]
    [InlineData("no/such/path", "does not exist")]
    [InlineData("../lib/PocketTts.dll", "is no solution")]
    [InlineData("..", "holds no .sln")]
    public async Task Path_ThatNamesNoInput_IsUsage(string path, string message)
    {
        using var bench = Workbench.WithApp();
        await AssertRefused(bench, ExitCode.Usage, message, "fix", path);
    }

    [Fact]
    public async Task SeveralSolutions_AreListed()
    {
        using var bench = Workbench.WithApp();
        bench.Write("A.sln", "");
        bench.Write("B.slnx", "<Solution />");
        await AssertRefused(bench, ExitCode.Usage, "A.sln, B.slnx", "fix", bench.Root);
    }

    [Theory]
    [InlineData("--rule", "MK9999", "'MK9999' does not exist")]
    [InlineData("--exclude-rule", "XY*", "does not exist")]
    [InlineData("--target", "3.0", "1.0, 1.5, 2.0")]
    [InlineData("--format", "yaml", "text, json, sarif, github, html")]
    [InlineData("--verbosity", "loud", "quiet, normal, detailed")]
    [InlineData("-p:NoEqualsSign", null, "-p:Name=Value")]
    [InlineData("--no-such-option", null, "--no-such-option")]
    [InlineData("--report", "no/such/folder/report.json", "does not exist")]
    [InlineData("--report", "..", "is a folder")]
    [InlineData("--report", "/dev/full/report.html", "does not exist")]
    [InlineData("--baseline", "no-such-baseline.json", "does not exist")]
    [InlineData("--baseline", "Program.cs", "is no baseline")]
    [InlineData("--interactive", null, "is no terminal")]
    public async Task WrongOption_IsUsage(string option, string? value, string message)
    {
        using var bench = Workbench.WithApp();
        string[] args = ["fix", bench.App, option];
        await AssertRefused(bench, ExitCode.Usage, message, value is null ? args : [.. args, value]);
    }

    [Theory]
    [InlineData("""{ "safe-onyl": true }""", "did you mean 'safe-only'")]
    [InlineData("""{ "safe-only": "yes" }""", "must be true or false")]
    [InlineData("""{ "safe-only": """, "no valid JSON")]
    [InlineData("""[]""", "no JSON object")]
    [InlineData("""{ "references": { "PocketTs": { "project": "x" } } }""", "did you mean 'PocketTts'")]
    [InlineData("""{ "references": { "PocketTts": "x.csproj" } }""", "must be")]
    [InlineData("""{ "references": { "PocketTts": { "project": "missing.csproj" } } }""", "does not exist")]
    public async Task ConfigurationFile_ThatIsWrong_IsUsage(string json, string message)
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/.migrationkit.json", json);
        await AssertRefused(bench, ExitCode.Usage, message, "fix", bench.App);
    }

    [Fact]
    public async Task ConfigurationFile_GivesOptionsThatTheCommandLineOverrules()
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/.migrationkit.json", """{ "fail-on": "never", "no-restore": true, "exclude-rule": ["MK0003"], /* for fix */ "safe-only": true }""");
        var fromFile = await bench.RunAsync("check", bench.App, "--format", "json");
        var overruled = await bench.RunAsync("check", bench.App, "--fail-on", "warning");
        Assert.Equal((ExitCode.Success, ExitCode.FindingsLeft), (fromFile.ExitCode, overruled.ExitCode));
        Assert.DoesNotContain(fromFile.Json["findings"]!.AsArray(), f => (string?)f!["rule"] == "MK0003");
    }

    [Theory]
    [InlineData("--write-baseline", null, "needs the file")]
    [InlineData("--changed-since", "HEAD", "in no git work tree")]
    [InlineData("--baseline", "no/such/folder/b.json", "does not exist")]
    public async Task WrongOptionOfCheck_IsUsage(string option, string? value, string message)
    {
        using var bench = Workbench.WithApp();
        string[] args = ["check", bench.App, option];
        await AssertRefused(bench, ExitCode.Usage, message, value is null ? args : [.. args, value]);
    }

    [Theory]
    [InlineData("no-such-branch")]
    [InlineData("--help")]
    [InlineData("HEAD:App/Program.cs")]
    public async Task ReferenceThatNamesNoCommit_IsUsage(string reference)
    {
        using var bench = Workbench.WithApp();
        bench.Commit();
        await AssertRefused(bench, ExitCode.Usage, "names no commit", "check", bench.App, $"--changed-since={reference}");
    }

    [Theory]
    [InlineData("fix", "--report")]
    [InlineData("check", "--report")]
    [InlineData("check", "--baseline", "--write-baseline")]
    public async Task FileThatCannotBeWritten_IsFoundBeforeTheRun(string command, string option, params string[] more)
    {
        using var bench = Workbench.WithApp();
        var file = bench.Write("report.html", "old");
        using var held = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read); // as a program does that keeps it for itself
        var before = await File.ReadAllTextAsync(bench.ProgramFile);

        var result = await bench.RunAsync([command, bench.App, "--no-restore", option, file, .. more]);

        Assert.Equal((ExitCode.Usage, ""), (result.ExitCode, result.Out));
        Assert.Contains($"{option} '{file}' cannot be written", result.Error, StringComparison.Ordinal);
        Assert.Equal(("old", before), (await File.ReadAllTextAsync(file), await File.ReadAllTextAsync(bench.ProgramFile)));
    }

    [Fact]
    public async Task A77_SyntaxError_IsNamedAndNothingIsWritten()
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/Broken.cs", "class Broken\n{\n    void M( { }\n}\n");
        await AssertRefused(bench, ExitCode.LoadFailed, "Broken.cs(3)", "fix", bench.App, "--no-restore");
    }

    [Fact]
    public async Task ProjectThatDoesNotRestore_IsNamedWithTheCause()
    {
        using var bench = Workbench.WithApp();
        bench.Write("empty/.keep", "");
        bench.Write("App/nuget.config", """<configuration><packageSources><clear /><add key="none" value="../empty" /></packageSources></configuration>""");
        bench.Write("App/App.csproj", Workbench.AppProject.Replace(
            "<ItemGroup>", "<ItemGroup>\n    <PackageReference Include=\"There.Is.No.Such.Package\" Version=\"1.0.0\" />", StringComparison.Ordinal));
        await AssertRefused(bench, ExitCode.LoadFailed, "There.Is.No.Such.Package", "fix", bench.App);
    }

    [Fact]
    public async Task NotRestored_WithNoRestore_SaysHowToRestore()
    {
        using var bench = Workbench.WithApp();
        Directory.Delete(Path.Combine(bench.App, "obj"), recursive: true);
        await AssertRefused(bench, ExitCode.LoadFailed, "NETSDK1004", "fix", bench.App, "--no-restore");
    }

    [Fact]
    public async Task SolutionThatNamesAMissingProject_IsALoadFailure()
    {
        using var bench = Workbench.WithApp();
        bench.Write("All.slnx", """<Solution><Project Path="App/App.csproj" /><Project Path="Gone/Gone.csproj" /></Solution>""");
        await AssertRefused(bench, ExitCode.LoadFailed, "Gone.csproj", "fix", bench.Root, "--no-restore");
    }

    [Theory]
    [InlineData("--dry-run")]
    [InlineData("--no-restore")]
    public async Task ReadOnlyTarget_IsFoundBeforeAnythingIsTouched(string option)
    {
        using var bench = Workbench.WithApp();
        File.SetAttributes(bench.ProgramFile, FileAttributes.ReadOnly);
        await AssertRefused(bench, ExitCode.Usage, "read-only", "fix", bench.App, "--no-restore", option);
        File.SetAttributes(bench.ProgramFile, FileAttributes.Normal);
    }

    [Fact]
    public async Task Output_ThatIsNotEmpty_IsRefused()
    {
        using var bench = Workbench.WithApp();
        await AssertRefused(bench, ExitCode.Usage, "is not empty", "fix", bench.App, "--output", Path.Combine(bench.Root, "lib"));
    }

    [Fact]
    public async Task Output_InsideTheInput_IsRefused()
    {
        using var bench = Workbench.WithApp();
        await AssertRefused(bench, ExitCode.Usage, "overlap", "fix", bench.App, "--output", Path.Combine(bench.App, "v2"));
    }

    [Fact]
    public async Task NoCommand_IsUsage()
    {
        using var bench = Workbench.WithApp();
        await AssertRefused(bench, ExitCode.Usage, "--help");
    }

    [Theory]
    [InlineData("rollback")]
    [InlineData("runs")]
    [InlineData("report", "20260101-000000-abcdef")]
    public async Task FolderWithoutRuns_IsUsage(params string[] command)
    {
        using var bench = Workbench.WithApp();
        await AssertRefused(bench, ExitCode.Usage, "runs of migrationkit", command);
    }

    private static async Task AssertRefused(Workbench bench, ExitCode expected, string message, params string[] args)
    {
        var before = bench.TreeHash();
        var result = await bench.RunAsync(args);
        Assert.True(expected == result.ExitCode, $"{result.ExitCode}: {result.Error}{result.Out}");
        Assert.StartsWith("error: ", result.Error, StringComparison.Ordinal);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.Equal("", result.Out);
        Assert.Equal(before, bench.TreeHash());
    }
}
