namespace MigrationKit.Engineering.Tests;

/// <summary><c>.ci/run</c> with a script as dotnet, which leaves results files and an exit code.</summary>
public sealed class CiRunTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("migrationkit-ci-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [UnixFact]
    public async Task AllPass_CountsOfAllProjectsAreAdded()
    {
        var run = await RunAsync(exitCode: 0, Counters(total: 3, executed: 3, passed: 3), Counters(total: 1200, executed: 1200, passed: 1200));

        Assert.Equal("1203 passed, 0 failed", LastLine(run.ShouldSucceed()));
        Assert.Equal("test MigrationKit.sln", string.Join(' ', (await File.ReadAllTextAsync(Path.Combine(_root, "arguments"))).Split(' ').Take(2)));
    }

    [UnixFact]
    public async Task SkippedTests_AreCountedBeforeTheLastLine()
    {
        var run = await RunAsync(exitCode: 0, Counters(total: 5, executed: 3, passed: 3));

        Assert.Equal(["2 skipped", "3 passed, 0 failed"], run.ShouldSucceed().Output.Split('\n').TakeLast(2));
    }

    [UnixFact]
    public async Task FailedTest_FailsTheRun()
    {
        var run = await RunAsync(exitCode: 1, Counters(total: 3, executed: 3, passed: 2, failed: 1), Counters(total: 4, executed: 4, passed: 4));

        run.ShouldFail();
        Assert.Equal("6 passed, 1 failed", LastLine(run));
    }

    [UnixFact]
    public async Task FailedTestWithExitCodeZero_FailsTheRun()
    {
        var run = await RunAsync(exitCode: 0, Counters(total: 1, executed: 1, passed: 0, failed: 1));

        run.ShouldFail();
        Assert.Equal("0 passed, 1 failed", LastLine(run));
    }

    [UnixFact]
    public async Task BrokenBuild_FailsTheRunAndClaimsNoFailedTest()
    {
        var run = await RunAsync(exitCode: 1);

        Assert.Contains(run.ShouldFail(), error => error.Contains("the build or a test host broke", StringComparison.Ordinal));
        Assert.Equal("0 passed, 0 failed", LastLine(run));
    }

    [UnixFact]
    public async Task CrashedTestHost_FailsTheRunWithTheKnownCounts()
    {
        var run = await RunAsync(exitCode: 1, Counters(total: 7, executed: 7, passed: 7));

        Assert.Contains(run.ShouldFail(), error => error.Contains("incomplete", StringComparison.Ordinal));
        Assert.Equal("7 passed, 0 failed", LastLine(run));
    }

    [UnixFact]
    public async Task NoTests_FailTheRun()
    {
        var run = await RunAsync(exitCode: 0);

        Assert.Contains(run.ShouldFail(), error => error.Contains("no test ran", StringComparison.Ordinal));
        Assert.Equal("0 passed, 0 failed", LastLine(run));
    }

    [UnixFact]
    public async Task ResultsOfAnEarlierRun_DoNotCount()
    {
        await RunAsync(exitCode: 0, Counters(total: 9, executed: 9, passed: 9));
        File.Delete(Path.Combine(_root, "results0.trx"));

        Assert.Equal("0 passed, 0 failed", LastLine(await RunAsync(exitCode: 0)));
    }

    private static string Counters(int total, int executed, int passed, int failed = 0) =>
        $"""
        <TestRun><ResultSummary><Counters total="{total}" executed="{executed}" passed="{passed}" failed="{failed}" error="0" timeout="0" aborted="0" inconclusive="0" passedButRunAborted="0" notRunnable="0" notExecuted="0" disconnected="0" warning="0" completed="0" inProgress="0" pending="0" /></ResultSummary></TestRun>
        """;

    private static string LastLine(ChildResult run) => run.Output.Split('\n')[^1];

    private async Task<ChildResult> RunAsync(int exitCode, params string[] results)
    {
        Directory.CreateDirectory(Path.Combine(_root, ".ci"));
        Directory.CreateDirectory(Path.Combine(_root, "bin"));
        File.Copy(Path.Combine(Repository.Root, ".ci", "run"), Path.Combine(_root, ".ci", "run"), overwrite: true);
        for (var i = 0; i < results.Length; i++)
            await File.WriteAllTextAsync(Path.Combine(_root, $"results{i}.trx"), results[i]);
        var dotnet = Path.Combine(_root, "bin", "dotnet");
        await File.WriteAllTextAsync(dotnet, $$"""
            #!/bin/sh
            echo "$@" > arguments
            for file in results*.trx; do
              [ -f "$file" ] && mkdir -p "artifacts/test-results/$file.project" && cp "$file" "artifacts/test-results/$file.project/results.trx"
            done
            exit {{exitCode}}
            """);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(dotnet, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        var environment = new Dictionary<string, string?> { ["PATH"] = Path.Combine(_root, "bin") + ":" + Environment.GetEnvironmentVariable("PATH") };
        return await ChildProcess.RunAsync("bash", _root, environment, "-c", ".ci/run 2>&1");
    }
}
