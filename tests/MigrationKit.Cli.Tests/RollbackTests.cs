using MigrationKit.Cli.Analysis;
using MigrationKit.Cli.Loading;
using MigrationKit.Cli.Tests.Infrastructure;
using MigrationKit.Cli.Writing;

namespace MigrationKit.Cli.Tests;

/// <summary>Undoing a run, and a copy that <c>--output</c> wrote.</summary>
public sealed class RollbackTests
{
    [Theory]
    [InlineData("x.sln")]
    [InlineData(".")]
    [InlineData("sub")]
    public async Task Path_SaysWhereTheRunIs(string path)
    {
        using var bench = Fresh();
        using var elsewhere = Workbench.InMemory();
        var before = Tree.State(bench.Root);
        var id = Write(bench.Root);
        var full = Path.GetFullPath(Path.Combine(bench.Root, path));

        var newest = await Workbench.RunInAsync(elsewhere.Root, RuleEngine.Default, "rollback", full);
        Assert.Equal((ExitCode.Success, $"rolled back run {id}: 3 files{Environment.NewLine}"), (newest.ExitCode, newest.Out));
        Assert.Equal(before, Tree.State(bench.Root));

        var second = Write(bench.Root);
        var named = await Workbench.RunInAsync(elsewhere.Root, RuleEngine.Default, "rollback", full, second);
        Assert.Equal((ExitCode.Success, ""), (named.ExitCode, named.Error));
        Assert.Equal(before, Tree.State(bench.Root));
    }

    [Theory]
    [InlineData("does not exist", "no/such/folder")]
    [InlineData("one existing path and one run", "20260101-000000-aaaaaa", "20260101-000000-bbbbbb")]
    [InlineData("There is no run", "20260101-000000-aaaaaa")]
    public async Task WrongWords_AreUsage(string message, params string[] words)
    {
        using var bench = Fresh();
        Write(bench.Root);
        var refused = await Workbench.RunInAsync(bench.Root, RuleEngine.Default, ["rollback", .. words]);
        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        Assert.Contains(message, refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void FileThatSomeonePutBackByHand_IsNoEdit()
    {
        using var bench = Fresh();
        var before = Tree.State(bench.Root);
        var id = Write(bench.Root);
        bench.Write("a.cs", "old a\r\n");
        new Rollback(new(bench.Root)).Run(id, force: false);
        Assert.Equal(before, Tree.State(bench.Root));
    }

    [Fact]
    public void DeletedFolder_IsNamedAndMadeAgainByForce()
    {
        using var bench = Fresh();
        var before = Tree.State(bench.Root);
        var id = Write(bench.Root);
        var untouched = Path.Combine(bench.Root, "sub", "untouched.cs");
        var text = File.ReadAllText(untouched);
        Directory.Delete(Path.Combine(bench.Root, "sub"), recursive: true);

        var refused = Assert.Throws<MigrationException>(() => new Rollback(new(bench.Root)).Run(id, force: false));
        Assert.Contains("sub/b.cs", refused.Message, StringComparison.Ordinal);
        new Rollback(new(bench.Root)).Run(id, force: true);

        File.WriteAllText(untouched, text);
        Assert.Equal(before, Tree.State(bench.Root));
    }

    [Fact]
    public void DamagedBackup_IsRefusedAndNothingIsRestored()
    {
        using var bench = Fresh();
        var id = Write(bench.Root);
        var after = Tree.State(bench.Root);
        File.AppendAllText(Directory.EnumerateFiles(new RunStore(bench.Root).FolderOf(id), "*.bak").Order(StringComparer.Ordinal).Last(), "x");

        var refused = Assert.Throws<MigrationException>(() => new Rollback(new(bench.Root)).Run(id, force: true));
        Assert.Equal(ExitCode.WriteFailed, refused.ExitCode);
        Assert.Contains("damaged", refused.Message, StringComparison.Ordinal);
        Assert.Equal(after, Tree.State(bench.Root));
    }

    [Fact]
    public void FileMode_ComesBackToo()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var bench = Fresh();
        var file = Path.Combine(bench.Root, "a.cs");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var before = Tree.State(bench.Root);
        Write(bench.Root);
        File.SetUnixFileMode(file, UnixFileMode.UserRead);
        new Rollback(new(bench.Root)).Run(null, force: false);
        Assert.Equal(before, Tree.State(bench.Root));
    }

    [Fact]
    public async Task OutputFolder_IsRemovedButForWhatOthersAdded()
    {
        using var bench = Fresh();
        var before = Tree.State(bench.Root);
        var output = bench.Root + ".v2";
        try
        {
            Copy(bench.Root, output);
            await File.WriteAllTextAsync(Path.Combine(output, "mine.txt"), "mine");

            var removed = await Workbench.RunInAsync(bench.Root, RuleEngine.Default, "rollback", output);

            Assert.Equal((ExitCode.Success, ""), (removed.ExitCode, removed.Error));
            Assert.Equal(["mine.txt"], Directory.EnumerateFileSystemEntries(output).Select(e => Path.GetFileName(e)));
            Assert.Equal(before, Tree.State(bench.Root));
        }
        finally
        {
            Directory.Delete(output, recursive: true);
        }
    }

    [Fact]
    public async Task EditedOutputFolder_IsRefusedAndForceLeavesTheEdit()
    {
        using var bench = Fresh();
        var output = bench.Root + ".v2";
        try
        {
            Copy(bench.Root, output);
            await File.WriteAllTextAsync(Path.Combine(output, "sub", "b.cs"), "mine");
            var edited = Tree.State(output);

            var refused = await Workbench.RunInAsync(output, RuleEngine.Default, "rollback");
            Assert.Equal(ExitCode.WriteFailed, refused.ExitCode);
            Assert.Contains("sub/b.cs", refused.Error, StringComparison.Ordinal);
            Assert.Equal(edited, Tree.State(output));

            Assert.Equal(ExitCode.Success, (await Workbench.RunInAsync(output, RuleEngine.Default, "rollback", "--force")).ExitCode);
            Assert.Equal("mine", await File.ReadAllTextAsync(Path.Combine(output, "sub", "b.cs")));
            Assert.Single(Tree.State(output));
        }
        finally
        {
            Directory.Delete(output, recursive: true);
        }
    }

    private static void Copy(string root, string output) => new OutputFolder(InputPath.Resolve(root), output).Write([]);

    private static Workbench Fresh()
    {
        var bench = Workbench.InMemory();
        Tree.Create(bench.Root);
        return bench;
    }

    private static string Write(string root) => new RunWriter(new(root)).Write(Path.Combine(root, "x.sln"), Tree.Changes(root));
}
