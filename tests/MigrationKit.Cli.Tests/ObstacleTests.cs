using System.Diagnostics;
using MigrationKit.Cli.Tests.Infrastructure;
using MigrationKit.Cli.Writing;

namespace MigrationKit.Cli.Tests;

/// <summary>What can stand in the way of writing: folders, links, names, other processes.</summary>
public sealed class ObstacleTests
{
    [Theory]
    [InlineData("sub", "read-only")]
    [InlineData(".", "read-only")]
    public void ReadOnlyFolder_IsFoundBeforeAnythingIsTouched(string folder, string message)
    {
        if (OperatingSystem.IsWindows())
            return;
        using var bench = Fresh();
        var before = Tree.State(bench.Root);
        var full = Path.GetFullPath(Path.Combine(bench.Root, folder));
        var mode = File.GetUnixFileMode(full);
        File.SetUnixFileMode(full, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var refused = Assert.Throws<MigrationException>(() => Write(bench));
        File.SetUnixFileMode(full, mode);

        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, Tree.State(bench.Root));
        Assert.False(Directory.Exists(Path.Combine(bench.Root, ".migrationkit")));
    }

    [Fact]
    public void VanishedFolder_IsNamed()
    {
        using var bench = Fresh();
        Directory.Delete(Path.Combine(bench.Root, "sub"), recursive: true);
        var refused = Assert.Throws<MigrationException>(() => Write(bench));
        Assert.Contains("sub", refused.Message, StringComparison.Ordinal);
        Assert.Contains("vanished", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FileEditedBetweenCheckAndRename_KeepsTheEditAndUndoesTheRest()
    {
        using var bench = Fresh();
        var failed = Assert.Throws<MigrationException>(() => new RunWriter(new(bench.Root), step =>
        {
            if (step == WriteStep.FileReplaced)
                bench.Write("sub/b.cs", "edited in the middle");
        }).Write(Path.Combine(bench.Root, "x.sln"), Tree.Changes(bench.Root)));

        Assert.Equal(ExitCode.WriteFailed, failed.ExitCode);
        Assert.Equal("edited in the middle", File.ReadAllText(Path.Combine(bench.Root, "sub", "b.cs")));
        Assert.Equal("old a\r\n", File.ReadAllText(Path.Combine(bench.Root, "a.cs")));
        Assert.False(File.Exists(Path.Combine(bench.Root, "config.yaml")));
    }

    [Fact]
    public async Task SecondProcess_IsRefusedWhileTheFirstWrites()
    {
        using var bench = Fresh();
        var before = Tree.State(bench.Root);
        using (new RunStore(bench.Root).Lock())
        {
            var (exitCode, _, error) = await Victim.RunAsync(null, "0", "write", bench.Root);
            Assert.Equal((int)ExitCode.Usage, exitCode);
            Assert.Contains("Another run of migrationkit is under way", error, StringComparison.Ordinal);
        }

        Assert.Equal(before, Tree.State(bench.Root));
        Assert.Equal(0, (await Victim.RunAsync(null, "0", "write", bench.Root)).ExitCode);
    }

    [Fact]
    public async Task TwoProcessesAtOnce_OneWritesAndTheOtherIsRefused()
    {
        using var bench = Fresh();
        using var expected = Fresh();
        Write(expected);

        var results = await Task.WhenAll(Victim.RunAsync(null, "0", "write", bench.Root), Victim.RunAsync(null, "0", "write", bench.Root));

        Assert.Equal([0, (int)ExitCode.Usage], results.Select(r => r.ExitCode).Order());
        Assert.Equal(Tree.State(expected.Root), Tree.State(bench.Root));
    }

    [Fact]
    public void SymbolicLink_StaysOneAndItsTargetIsChanged()
    {
        if (OperatingSystem.IsWindows())
            return; // making a link needs a right there that a user lacks
        using var bench = Fresh();
        var target = bench.Write("elsewhere/real.cs", "old a\r\n");
        var link = Path.Combine(bench.Root, "a.cs");
        File.Delete(link);
        File.CreateSymbolicLink(link, "elsewhere/real.cs");

        var id = Write(bench);
        Assert.Equal("elsewhere/real.cs", new FileInfo(link).LinkTarget);
        Assert.Equal("new a\r\n", File.ReadAllText(target));

        new Rollback(new(bench.Root)).Run(id, force: false);
        Assert.Equal("elsewhere/real.cs", new FileInfo(link).LinkTarget);
        Assert.Equal("old a\r\n", File.ReadAllText(target));
    }

    [Fact]
    public void FileReachedByTwoPaths_IsWrittenOnceOrRefused()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var bench = Fresh();
        Directory.CreateSymbolicLink(Path.Combine(bench.Root, "same"), Path.Combine(bench.Root, "sub"));
        var changes = Tree.Changes(bench.Root);
        var again = changes.First(c => c.Path.EndsWith("b.cs", StringComparison.Ordinal)) with { Path = Path.Combine(bench.Root, "same", "b.cs") };

        var refused = Assert.Throws<MigrationException>(() => Write(bench, [.. changes, again with { After = "different"u8.ToArray() }]));
        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        Assert.Contains("same", refused.Message, StringComparison.Ordinal);
        Assert.Equal("old b, no line end", File.ReadAllText(again.Path));

        Write(bench, [.. changes, again]);
        Assert.Equal("new b, no line end", File.ReadAllText(again.Path));
        Assert.Equal(3, new Rollback(new(bench.Root)).Run(null, force: false).Files);
    }

    [Fact]
    public async Task HardLink_IsLeftBehindWithItsOldBytesAsGitDoes()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var bench = Fresh();
        using var link = Process.Start("ln", [Path.Combine(bench.Root, "a.cs"), Path.Combine(bench.Root, "copy.cs")]);
        await link.WaitForExitAsync();

        Write(bench);
        Assert.Equal("old a\r\n", await File.ReadAllTextAsync(Path.Combine(bench.Root, "copy.cs")));
        new Rollback(new(bench.Root)).Run(null, force: false);
        Assert.Equal("old a\r\n", await File.ReadAllTextAsync(Path.Combine(bench.Root, "a.cs")));
    }

    [Fact]
    public void NamesThatDifferInCaseOnly_AreTwoFilesWhereTheDiskSaysSo()
    {
        using var bench = Fresh();
        bench.Write("A.cs", "old A");
        if (Directory.GetFiles(bench.Root, "*.cs").Length == 1)
            return; // here they are one
        Write(bench, [.. Tree.Changes(bench.Root), new(Path.Combine(bench.Root, "A.cs"), "old A"u8.ToArray(), "new A"u8.ToArray())]);
        Assert.Equal(("new a\r\n", "new A"), (File.ReadAllText(Path.Combine(bench.Root, "a.cs")), File.ReadAllText(Path.Combine(bench.Root, "A.cs"))));
        new Rollback(new(bench.Root)).Run(null, force: false);
        Assert.Equal(("old a\r\n", "old A"), (File.ReadAllText(Path.Combine(bench.Root, "a.cs")), File.ReadAllText(Path.Combine(bench.Root, "A.cs"))));
    }

    [Fact]
    public void LongestPossibleName_LeavesRoomForTheFileBesideIt()
    {
        using var bench = Fresh();
        var name = new string('n', 252) + ".cs";
        bench.Write(name, "old");
        Write(bench, [new(Path.Combine(bench.Root, name), "old"u8.ToArray(), "new"u8.ToArray())]);
        Assert.Equal("new", File.ReadAllText(Path.Combine(bench.Root, name)));
    }

    [Fact]
    public void FailedRun_LeavesNothingToRollBack()
    {
        using var bench = Fresh();
        Assert.Throws<MigrationException>(() => new RunWriter(new(bench.Root), step =>
        {
            if (step == WriteStep.FileReplaced)
                throw new IOException("the disk is gone");
        }).Write(Path.Combine(bench.Root, "x.sln"), Tree.Changes(bench.Root)));
        Assert.Empty(new RunStore(bench.Root).Ids());
        Assert.Equal(ExitCode.Usage, Assert.Throws<MigrationException>(() => new Rollback(new(bench.Root)).Run(null, force: false)).ExitCode);
    }

    [Fact]
    public void DamagedJournal_IsNamed()
    {
        using var bench = Fresh();
        var id = Write(bench);
        File.WriteAllText(Path.Combine(bench.Root, ".migrationkit", "runs", id, "journal.json"), "{ \"version\": 1,");
        var failed = Assert.Throws<MigrationException>(() => new Rollback(new(bench.Root)).Run(id, force: false));
        Assert.Equal(ExitCode.WriteFailed, failed.ExitCode);
        Assert.Contains(id, failed.Message, StringComparison.Ordinal);
    }

    private static Workbench Fresh()
    {
        var bench = Workbench.InMemory();
        Tree.Create(bench.Root);
        return bench;
    }

    private static string Write(Workbench bench, FileChange[]? changes = null) =>
        new RunWriter(new(bench.Root)).Write(Path.Combine(bench.Root, "x.sln"), changes ?? Tree.Changes(bench.Root));
}
