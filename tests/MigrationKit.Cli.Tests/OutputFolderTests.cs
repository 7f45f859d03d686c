using System.Collections.Concurrent;
using MigrationKit.Cli.Loading;
using MigrationKit.Cli.Tests.Infrastructure;
using MigrationKit.Cli.Writing;

namespace MigrationKit.Cli.Tests;

/// <summary>The copy that <c>--output</c> writes: killed, refused, and left alone.</summary>
public sealed class OutputFolderTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Copy_KilledAnywhere_IsFinishedByTheSameCommand(bool replacesAnEarlierOne)
    {
        using var reference = Prepared(replacesAnEarlierOne);
        var input = Tree.State(reference.Input);
        var steps = await Victim.CountAsync("output", reference.Input, reference.Output);
        var end = Contents(reference.Output);
        Assert.Equal([.. input.Keys, OutputManifest.FileName], end.Keys.Order(StringComparer.Ordinal).OrderBy(k => k == OutputManifest.FileName));

        var kills = new ConcurrentBag<int>();
        await Parallel.ForAsync(1, steps + 1, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, async (step, _) =>
        {
            using var copy = Prepared(replacesAnEarlierOne);
            var (exitCode, _, error) = await Victim.RunAsync(null, $"{step}", "output", copy.Input, copy.Output);
            Assert.True(exitCode == 137, $"The process was to be killed at change {step} and returned {exitCode}: {error}");

            new OutputFolder(InputPath.Resolve(copy.Input), copy.Output).Write([]);

            Assert.True(Contents(copy.Output).SequenceEqual(end), $"Killed at change {step}: {string.Join(", ", Contents(copy.Output).Keys)}");
            Assert.Equal(input, Tree.State(copy.Input));
            kills.Add(step);
        });
        Assert.Equal(steps, kills.Count);
    }

    [Fact]
    public void ReadOnlyParent_IsFoundBeforeAnythingIsWritten()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var copy = Prepared(false);
        var parent = Directory.CreateDirectory(Path.Combine(copy.Bench.Root, "locked")).FullName;
        File.SetUnixFileMode(parent, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var refused = Assert.Throws<MigrationException>(() => new OutputFolder(InputPath.Resolve(copy.Input), Path.Combine(parent, "a", "b")).Check());
        File.SetUnixFileMode(parent, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        Assert.Contains($"'{parent}' is read-only", refused.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(parent));
    }

    [Fact]
    public void FailingDisk_LeavesTheEarlierResult()
    {
        using var copy = Prepared(true);
        var before = Contents(copy.Output);
        // A folder where the new bytes of one file are to be put.
        Directory.CreateDirectory(Path.Combine(copy.Output, "sub", "b.cs.migrationkit.tmp"));

        var failed = Assert.Throws<MigrationException>(() => new OutputFolder(InputPath.Resolve(copy.Input), copy.Output).Write([]));

        Assert.Equal(ExitCode.WriteFailed, failed.ExitCode);
        Assert.Contains("it is as before", failed.Message, StringComparison.Ordinal);
        Assert.Equal(before, Contents(copy.Output));
    }

    [Fact]
    public void LinkIntoTheInput_IsAnOverlap()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var copy = Prepared(false);
        var link = Path.Combine(copy.Bench.Root, "link");
        Directory.CreateSymbolicLink(link, copy.Input);
        var refused = Assert.Throws<MigrationException>(() => new OutputFolder(InputPath.Resolve(copy.Input), Path.Combine(link, "v2")).Check());
        Assert.Contains("overlap", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CopyOfACopy_HasAManifestOfItsOwn()
    {
        using var copy = Prepared(true);
        var second = Path.Combine(copy.Bench.Root, "second");
        new OutputFolder(InputPath.Resolve(copy.Output), second).Write([]);
        new OutputFolder(InputPath.Resolve(copy.Output), second).Check();
        Assert.Empty(OutputManifest.Read(second)!.Edited(second));
    }

    private static SortedDictionary<string, string> Contents(string output) =>
        new(Directory.EnumerateFiles(output, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 })
            .ToDictionary(f => Path.GetRelativePath(output, f), f => SourceFile.Hash(File.ReadAllBytes(f))), StringComparer.Ordinal);

    private static CopyBench Prepared(bool replacesAnEarlierOne)
    {
        var bench = Workbench.InMemory();
        var prepared = new CopyBench(bench, Path.Combine(bench.Root, "in"), Path.Combine(bench.Root, "out"));
        Tree.Create(prepared.Input);
        if (!replacesAnEarlierOne)
            return prepared;
        // One file more and one different.
        bench.Write("in/gone.cs", "is in the earlier result only\n");
        bench.Write("in/a.cs", "earlier\n");
        new OutputFolder(InputPath.Resolve(prepared.Input), prepared.Output).Write([]);
        File.Delete(Path.Combine(prepared.Input, "gone.cs"));
        Tree.Create(prepared.Input);
        return prepared;
    }

    private sealed record CopyBench(Workbench Bench, string Input, string Output) : IDisposable
    {
        public void Dispose() => Bench.Dispose();
    }
}
