using System.Diagnostics;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MigrationKit.Cli.Fixing;
using MigrationKit.Cli.Loading;
using MigrationKit.Cli.Reporting;
using MigrationKit.Cli.Tests.Infrastructure;
using MigrationKit.Cli.Verification;

namespace MigrationKit.Cli.Tests;

public sealed class TextTests
{
    private static readonly Gen<string> Texts =
        from lines in Gen.Elements("a", "b", "", "  x", "ü").ListOf()
        from end in Gen.Elements("\n", "\r\n", "\r")
        from last in Gen.Elements(true, false)
        select string.Join(end, lines) + (last ? end : "");

    [Fact]
    public void AnyBytes_SurviveDecodingAndEncoding() =>
        Prop.ForAll<byte[]>(bytes => SourceFile.Decode("x", bytes) is var file && file.Encode(file.Text).SequenceEqual(bytes)).QuickCheckThrowOnFailure();

    [Fact]
    public void Lines_JoinToTheText() =>
        Prop.ForAll(Texts.ToArbitrary(), text => string.Concat(LineEnds.Lines(text)) == text).QuickCheckThrowOnFailure();

    [Fact]
    public void KeptLineEnds_AreThoseOfTheFile() =>
        Prop.ForAll(Texts.ToArbitrary(), Texts.ToArbitrary(), (before, after) =>
        {
            var ends = LineEnds.Lines(before).Select(LineEnds.End).Where(e => e.Length > 0).ToHashSet();
            var kept = LineEnds.Keep(before, after);
            return before == after || ends.Count != 1 || LineEnds.Lines(kept).Select(LineEnds.End).All(e => e.Length == 0 || ends.Contains(e));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void LineMap_LeadsUneditedLinesToEqualOnes() =>
        Prop.ForAll(Texts.ToArbitrary(), Texts.ToArbitrary(), (before, after) =>
        {
            var map = new LineMap(before, after);
            var (old, current) = (LineEnds.Lines(before), LineEnds.Lines(after));
            return Enumerable.Range(0, current.Count).All(i => map.Original(i) is var (line, edited) && (edited || old[line] == current[i]));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Diff_IsWhatGitApplyTakes()
    {
        using var bench = Workbench.Empty();
        var patch = new StringBuilder();
        var pairs = Gen.Sample(Gen.Zip(Texts, Texts), 40).Where(p => p.Item1 != p.Item2).ToList();
        pairs.Add(("", "new file\n"));
        foreach (var ((before, after), index) in pairs.Select((p, i) => (p, i)))
        {
            bench.Write($"file {index}.txt", before);
            patch.Append(UnifiedDiff.Of($"file {index}.txt", before, after));
        }

        patch.Append(UnifiedDiff.Of("created.txt", null, "one\ntwo"));
        var file = bench.Write("all.patch", patch.ToString());
        using var git = Process.Start(new ProcessStartInfo("git", ["apply", "--whitespace=nowarn", "--unidiff-zero", file]) { WorkingDirectory = bench.Root })!;
        git.WaitForExit();

        Assert.Equal(0, git.ExitCode);
        Assert.All(pairs.Select((p, i) => (p, i)), p => Assert.Equal(p.p.Item2, File.ReadAllText(Path.Combine(bench.Root, $"file {p.i}.txt"))));
        Assert.Equal("one\ntwo", File.ReadAllText(Path.Combine(bench.Root, "created.txt")));
    }

    [Fact]
    public void SmallestCause_IsExactlyTheCulprits() =>
        Prop.ForAll(
            Gen.Choose(1, 40).SelectMany(n => Gen.Choose(0, n - 1).ListOf().Where(c => c.Count > 0).Select(c => (n, c.ToHashSet()))).ToArbitrary(),
            input =>
            {
                var (count, culprits) = input;
                var found = SmallestCause.FindAsync(Enumerable.Range(0, count).ToList(), without => Task.FromResult(culprits.IsSubsetOf(without))).GetAwaiter().GetResult();
                var thinned = SmallestCause.ThinAsync(Enumerable.Range(0, count).ToList(), without => Task.FromResult(culprits.IsSubsetOf(without))).GetAwaiter().GetResult();
                return culprits.SetEquals(found) && culprits.SetEquals(thinned);
            }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("safe-onyl", "safe-only")]
    [InlineData("MK01O3", "MK0103")]
    public void NearestName_IsTheOneMeant(string written, string expected) =>
        Assert.Equal(expected, NearestName.Of(written, ["report", "safe-only", "no-verify", "MK0103", "MK0001"]));
}
