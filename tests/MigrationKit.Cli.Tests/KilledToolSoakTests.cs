using System.Diagnostics;
using System.Globalization;
using MigrationKit.Cli.Tests.Infrastructure;
using MigrationKit.Cli.Writing;
using Xunit.Abstractions;

namespace MigrationKit.Cli.Tests;

/// <summary>
/// The whole tool, from its command line on, killed at every change to the disk, and at any time from outside: more than 200 kills together with
/// <see cref="KilledProcessTests"/> where the variable MIGRATIONKIT_SOAK is set, a few where it is not.
/// </summary>
[Trait("Category", "Soak")]
[Collection(RunsCollection.Name)]
public sealed class KilledToolSoakTests(ITestOutputHelper log)
{
    private static readonly bool IsSoak = Environment.GetEnvironmentVariable("MIGRATIONKIT_SOAK") is { Length: > 0 };

    private static readonly int KillsAtAnyTime = IsSoak ? 200 : 8;

    [Fact]
    public async Task Fix_KilledAtEveryStep_IsUndoneOrDoneByTheNextFix()
    {
        using var reference = Workbench.WithApp();
        var old = Tree.State(reference.App);
        var steps = await Victim.CountAsync("tool", reference.App, "fix", reference.App, "--no-restore");
        var migrated = Tree.State(reference.App);
        Assert.NotEqual(old, migrated);

        // Without a soak: once while files are being replaced.
        var kills = IsSoak ? Enumerable.Range(1, steps).ToList() : [steps - 1];
        foreach (var step in kills)
        {
            using var bench = Workbench.WithApp();
            var (exitCode, _, error) = await Victim.RunAsync(null, Text(step), "tool", bench.App, "fix", bench.App, "--no-restore");
            Assert.True(exitCode == 137, $"The tool was to be killed at change {step} and returned {exitCode}: {error}");

            // Any next command settles the run; the same command then ends it.
            if (Directory.Exists(Path.Combine(bench.App, ".migrationkit")))
                Assert.Equal(ExitCode.Success, (await bench.RunAsync("runs")).ExitCode);
            var settled = Tree.State(bench.App);
            Assert.True(Same(settled, old) || Same(settled, migrated), $"Killed at change {step}: {string.Join(", ", settled)}");
            if (Same(settled, old))
                Assert.Equal(ExitCode.Success, (await bench.RunAsync("fix", bench.App, "--no-restore")).ExitCode);
            Assert.True(Same(Tree.State(bench.App), migrated));
            Assert.Equal(ExitCode.Success, (await bench.RunAsync("rollback")).ExitCode);
            Assert.True(Same(Tree.State(bench.App), old));
        }

        log.WriteLine($"{kills.Count} kills");
    }

    [Fact]
    public async Task Write_KilledAtAnyTime_LeavesTheOldTreeOrTheNewOne()
    {
        using var expected = Large();
        var old = Tree.State(expected.Root);
        new RunWriter(new(expected.Root)).Write(Path.Combine(expected.Root, "x.sln"), Tree.ManyChanges(expected.Root));
        var migrated = Tree.State(expected.Root);
        var duration = await MeasureAsync();

        var (undone, done, tooLate) = (0, 0, 0);
        for (var kill = 0; kill < KillsAtAnyTime; kill++)
        {
            using var bench = Large();
            using var victim = Victim.Start(null, "0", "write-many", bench.Root);
            await victim.StandardOutput.ReadLineAsync();
            var clock = Stopwatch.StartNew();
            var until = duration * kill / KillsAtAnyTime;
            SpinWait.SpinUntil(() => clock.Elapsed >= until); // finer than a timer
            victim.Kill();
            await victim.WaitForExitAsync();
            tooLate += victim.ExitCode == 0 ? 1 : 0;

            if (Directory.Exists(Path.Combine(bench.Root, ".migrationkit")))
                Assert.Equal(ExitCode.Success, (await Workbench.RunInAsync(bench.Root, Analysis.RuleEngine.Default, "runs")).ExitCode);
            var settled = Tree.State(bench.Root);
            Assert.True(Same(settled, old) || Same(settled, migrated), $"Killed after {until}: {settled.Count} files");
            (undone, done) = Same(settled, old) ? (undone + 1, done) : (undone, done + 1);
        }

        log.WriteLine($"{KillsAtAnyTime - tooLate} kills over {duration.TotalMilliseconds:0} ms; old tree {undone}, new tree {done}, ended before the kill {tooLate}");
        Assert.True(undone > KillsAtAnyTime / 4, "Most kills came too late to tell anything.");
    }

    private static async Task<TimeSpan> MeasureAsync()
    {
        using var bench = Large();
        using var victim = Victim.Start(null, "0", "write-many", bench.Root);
        await victim.StandardOutput.ReadLineAsync();
        var clock = Stopwatch.StartNew();
        await victim.WaitForExitAsync();
        return clock.Elapsed;
    }

    private static Workbench Large()
    {
        var bench = Workbench.InMemory();
        Tree.CreateMany(bench.Root);
        return bench;
    }

    private static bool Same(SortedDictionary<string, string> one, SortedDictionary<string, string> other) => Sources(one).SequenceEqual(Sources(other));

    // What a restore or a build writes is not the run's.
    private static IEnumerable<KeyValuePair<string, string>> Sources(SortedDictionary<string, string> state) =>
        state.Where(f => !f.Key.StartsWith("obj", StringComparison.Ordinal) && !f.Key.StartsWith("bin", StringComparison.Ordinal));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
