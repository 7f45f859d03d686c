using System.Collections.Concurrent;
using MigrationKit.Cli.Tests.Infrastructure;
using MigrationKit.Cli.Writing;

namespace MigrationKit.Cli.Tests;

/// <summary>A real process, killed with SIGKILL at every change that it makes to the disk; what it leaves is brought to an end by the next command.</summary>
public sealed class KilledProcessTests
{
    [Fact]
    public Task Write_KilledAnywhere_LeavesTheOldTreeOrTheNewOne() => KillEverywhereAsync(root => { }, ["write"], AssertRunsAgain);

    [Fact]
    public Task Rollback_KilledAnywhere_LeavesTheNewTreeOrTheOldOne() => KillEverywhereAsync(Write, ["tool", "rollback"], AssertRunsAgain);

    [Fact]
    public Task ForcedRollback_KilledAnywhere_LosesNeitherTheOldFilesNorTheEdit() => KillEverywhereAsync(
        root =>
        {
            Write(root);
            File.WriteAllText(Path.Combine(root, "a.cs"), "edited");
            File.Delete(Path.Combine(root, "sub", "b.cs"));
        },
        ["tool", "rollback", "--force"],
        root =>
        {
            var runs = Path.Combine(root, ".migrationkit", "runs");
            Assert.Contains(
                Directory.EnumerateFiles(runs, "*.edited", SearchOption.AllDirectories).Append(Path.Combine(root, "a.cs")), f => File.ReadAllText(f) == "edited");
        });

    [Fact]
    public Task Recovery_KilledAnywhere_IsDoneByTheCommandAfterIt() => KillEverywhereAsync(
        root => Assert.Throws<FatalException>(
            () => new RunWriter(new(root), step => { if (step == WriteStep.BeforeCommit) throw new FatalException(); }).Write(Path.Combine(root, "x.sln"), Tree.Changes(root))),
        ["tool", "runs"],
        AssertRunsAgain,
        isHalfDone: true);

    /// <param name="prepare">Brings a fresh tree into the state in which the operation starts.</param>
    /// <param name="operation">As <see cref="Victim"/> takes it, without the folder.</param>
    /// <param name="check">What else holds after the next command.</param>
    /// <param name="isHalfDone">The operation starts on a tree that is neither old nor new.</param>
    private static async Task KillEverywhereAsync(Action<string> prepare, string[] operation, Action<string> check, bool isHalfDone = false)
    {
        string[] Arguments(string root) => [operation[0], root, .. operation[1..]];

        using var reference = Prepared(prepare);
        var start = Tree.State(reference.Root);
        var steps = await Victim.CountAsync(Arguments(reference.Root));
        var end = Tree.State(reference.Root);
        Assert.True(steps > 5, $"{steps} changes to the disk are fewer than such a run makes.");

        var ends = new ConcurrentBag<bool>();
        await Parallel.ForAsync(1, steps + 1, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, async (step, _) =>
        {
            using var bench = Prepared(prepare);
            var (exitCode, _, error) = await Victim.RunAsync(null, [$"{step}", .. Arguments(bench.Root)]);
            Assert.True(exitCode == 137, $"The process was to be killed at change {step} and returned {exitCode}: {error}");

            await NextCommandAsync(bench.Root);

            var after = Tree.State(bench.Root);
            Assert.True(after.SequenceEqual(end) || (!isHalfDone && after.SequenceEqual(start)), $"Killed at change {step}: {string.Join(", ", after)}");
            ends.Add(after.SequenceEqual(end));
            check(bench.Root);
        });
        Assert.Equal(steps, ends.Count);
        Assert.Contains(true, isHalfDone ? ends : ends.Append(true));
    }

    private static Workbench Prepared(Action<string> prepare)
    {
        var bench = Workbench.InMemory();
        Tree.Create(bench.Root);
        prepare(bench.Root);
        return bench;
    }

    private static void Write(string root) => new RunWriter(new(root)).Write(Path.Combine(root, "x.sln"), Tree.Changes(root));

    private static async Task NextCommandAsync(string root)
    {
        var next = await Workbench.RunInAsync(root, Analysis.RuleEngine.Default, "runs");
        // Killed before its first step, a run has not even made its folder.
        Assert.True(next.ExitCode == ExitCode.Success || !Directory.Exists(Path.Combine(root, ".migrationkit")), $"{next.ExitCode}: {next.Error}");
    }

    // Nothing is stuck: from whichever end, the tree can be migrated and rolled back, and no file is too many.
    private static void AssertRunsAgain(string root)
    {
        using var fresh = Prepared(_ => { });
        var old = Tree.State(fresh.Root);
        var store = new RunStore(root);
        if (!Tree.State(root).SequenceEqual(old))
            new Rollback(store).Run(null, force: false);
        Assert.Equal(old, Tree.State(root));
        Write(root);
        new Rollback(store).Run(null, force: false);
        Assert.Equal(old, Tree.State(root));
    }

    private sealed class FatalException : Exception;
}
