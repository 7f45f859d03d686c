using MigrationKit.Cli.Tests.Infrastructure;
using MigrationKit.Cli.Writing;

namespace MigrationKit.Cli.Tests;

public sealed class RunWriterTests
{
    public static IEnumerable<object[]> Crashes { get; } =
        from step in Enum.GetNames<WriteStep>()
        where step is not (nameof(WriteStep.RollbackStarted) or nameof(WriteStep.FileRestored))
        from time in Enumerable.Range(1, step is nameof(WriteStep.JournalWritten) or nameof(WriteStep.BeforeCommit) or nameof(WriteStep.Committed) ? 1 : 2)
        select new object[] { step, time };

    [Theory]
    [MemberData(nameof(Crashes))]
    public void ProcessKilledAtAnyStep_IsRecoveredToAllOrNothing(string step, int time)
    {
        using var bench = Prepare();
        var before = Files(bench);
        var store = new RunStore(bench.Root);

        Assert.Throws<ProcessKilledException>(() => new RunWriter(store, KillAt(step, time)).Write("x.sln", Changes(bench)));
        using (store.Lock())
            new Recovery(store).Run();

        var expected = step == nameof(WriteStep.Committed)
            ? new Dictionary<string, string> { ["a.cs"] = "new a", ["b.cs"] = "new b", ["c.yaml"] = "new c" }
            : before;
        Assert.Equal(expected, Files(bench));
    }

    [Theory]
    [MemberData(nameof(Crashes))]
    public void DiskFailingAtAnyStep_LeavesTheTreeAsBefore(string step, int time)
    {
        if (step == nameof(WriteStep.Committed))
            return; // nothing is written after it
        using var bench = Prepare();
        var before = Files(bench);

        var failure = Assert.Throws<MigrationException>(
            () => new RunWriter(new(bench.Root), At(step, time, () => new IOException("disk full"))).Write("x.sln", Changes(bench)));

        Assert.Equal(ExitCode.WriteFailed, failure.ExitCode);
        Assert.Contains("disk full", failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, Files(bench));
    }

    [Theory]
    [InlineData(nameof(WriteStep.RollbackStarted), 1)]
    [InlineData(nameof(WriteStep.FileRestored), 1)]
    [InlineData(nameof(WriteStep.FileRestored), 2)]
    public void RollbackKilledAtAnyStep_IsFinishedByTheNextCommand(string step, int time)
    {
        using var bench = Prepare();
        var before = Files(bench);
        var store = new RunStore(bench.Root);
        new RunWriter(store).Write("x.sln", Changes(bench));

        Assert.Throws<ProcessKilledException>(() => new Rollback(store, KillAt(step, time)).Run(null, force: false));
        using (store.Lock())
            new Recovery(store).Run();

        Assert.Equal(before, Files(bench));
    }

    [Fact]
    public void EditedFile_IsNamedAndOnlyForceRestoresIt()
    {
        using var bench = Prepare();
        var before = Files(bench);
        var store = new RunStore(bench.Root);
        var id = new RunWriter(store).Write("x.sln", Changes(bench));
        bench.Write("b.cs", "edited");
        var edited = Files(bench);

        var refused = Assert.Throws<MigrationException>(() => new Rollback(store).Run(id, force: false));
        Assert.Equal(ExitCode.WriteFailed, refused.ExitCode);
        Assert.Contains("b.cs", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("a.cs", refused.Message, StringComparison.Ordinal);
        Assert.Equal(edited, Files(bench));

        new Rollback(store).Run(id, force: true);
        Assert.Equal(before, Files(bench));
        Assert.Contains(Directory.EnumerateFiles(store.FolderOf(id)), f => File.ReadAllText(f) == "edited");
    }

    [Fact]
    public void EditAfterACrash_IsNotOverwritten()
    {
        using var bench = Prepare();
        var store = new RunStore(bench.Root);
        Assert.Throws<ProcessKilledException>(() => new RunWriter(store, KillAt(nameof(WriteStep.BeforeCommit), 1)).Write("x.sln", Changes(bench)));
        bench.Write("a.cs", "edited");

        using var held = store.Lock();
        Assert.Contains("a.cs", Assert.Single(new Recovery(store).Run()), StringComparison.Ordinal);
        Assert.Equal("edited", Files(bench)["a.cs"]);
        Assert.Equal("old b", Files(bench)["b.cs"]);
    }

    [Fact]
    public void SecondRunAtTheSameTime_IsRefused()
    {
        using var bench = Prepare();
        using var first = new RunStore(bench.Root).Lock();
        var refused = Assert.Throws<MigrationException>(() => new RunWriter(new(bench.Root)).Write("x.sln", Changes(bench)));
        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        Assert.Equal("old a", Files(bench)["a.cs"]);
    }

    [Fact]
    public void VanishedOrEditedFile_IsFoundBeforeAnythingIsTouched()
    {
        using var bench = Prepare();
        var changes = Changes(bench);
        File.Delete(Path.Combine(bench.Root, "b.cs"));
        Assert.Contains("vanished", Assert.Throws<MigrationException>(() => new RunWriter(new(bench.Root)).Write("x.sln", changes)).Message, StringComparison.Ordinal);
        bench.Write("b.cs", "edited meanwhile");
        Assert.Contains("edited", Assert.Throws<MigrationException>(() => new RunWriter(new(bench.Root)).Write("x.sln", changes)).Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(bench.Root, ".migrationkit")));
    }

    [Fact]
    public void RunFolder_IsIgnoredByGit()
    {
        using var bench = Prepare();
        new RunWriter(new(bench.Root)).Write("x.sln", Changes(bench));
        Assert.Equal("*\n", File.ReadAllText(Path.Combine(bench.Root, ".migrationkit", ".gitignore")));
    }

    [Fact]
    public void Rollback_TakesTheNewestRunThatStandsAndRefusesTheSameTwice()
    {
        using var bench = Prepare();
        var store = new RunStore(bench.Root);
        var id = new RunWriter(store).Write("x.sln", Changes(bench));
        Assert.Equal((id, 3), new Rollback(store).Run(null, force: false));
        Assert.Equal(ExitCode.Usage, Assert.Throws<MigrationException>(() => new Rollback(store).Run(null, force: false)).ExitCode);
        Assert.Equal(ExitCode.WriteFailed, Assert.Throws<MigrationException>(() => new Rollback(store).Run(id, force: false)).ExitCode);
        Assert.Equal(ExitCode.Usage, Assert.Throws<MigrationException>(() => new Rollback(store).Run("no-such-run", force: false)).ExitCode);
    }

    private static Workbench Prepare()
    {
        var bench = Workbench.Empty();
        bench.Write("a.cs", "old a");
        bench.Write("b.cs", "old b");
        return bench;
    }

    private static FileChange[] Changes(Workbench bench) =>
    [
        new(Path.Combine(bench.Root, "a.cs"), "old a"u8.ToArray(), "new a"u8.ToArray()),
        new(Path.Combine(bench.Root, "b.cs"), "old b"u8.ToArray(), "new b"u8.ToArray()),
        new(Path.Combine(bench.Root, "c.yaml"), null, "new c"u8.ToArray()),
    ];

    private static Dictionary<string, string> Files(Workbench bench) =>
        Directory.EnumerateFiles(bench.Root).ToDictionary(f => Path.GetFileName(f), File.ReadAllText);

    private static Action<WriteStep> KillAt(string step, int time) => At(step, time, () => new ProcessKilledException());

    private static Action<WriteStep> At(string step, int time, Func<Exception> failure)
    {
        var seen = 0;
        return reached =>
        {
            if (reached.ToString() == step && ++seen == time)
                throw failure();
        };
    }

    // No handler of the writer catches this: what follows is what follows a kill.
    private sealed class ProcessKilledException : Exception;
}
