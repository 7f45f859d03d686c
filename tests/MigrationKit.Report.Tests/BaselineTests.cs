using FsCheck;
using FsCheck.Fluent;
using MigrationKit.Cli;
using MigrationKit.Cli.Analysis;
using MigrationKit.Cli.Baselines;
using MigrationKit.Report.Tests.Infrastructure;

namespace MigrationKit.Report.Tests;

public sealed class BaselineTests
{
    private static readonly Gen<string[]> Lines = Gen.Elements("x.Generate(a);", "y.Generate(a);", "z.Generate(a);").ListOf().Select(l => l.ToArray());

    [Fact]
    public void MovedAndIndentedLines_StayAccepted() =>
        Prop.ForAll(Lines.ToArbitrary(), Gen.Choose(0, 5).ToArbitrary(), (lines, above) =>
        {
            using var folder = new BaselineFolder();
            var baseline = folder.Read(FindingBaseline.Text(Located(lines), folder.Root));
            string[] moved = [.. Enumerable.Repeat("// new", above), .. lines.Select(l => $"\t {l}")];
            return baseline.Mark(Located(moved, above)).All(f => f.IsInBaseline) && baseline.Gone(Located(moved, above)) == 0;

            IReadOnlyList<Finding> Located(string[] text, int skip = 0) => Locate(text, folder.Root, skip);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void OneMoreOfTheSameLine_IsNewAndOneLessIsGone()
    {
        using var folder = new BaselineFolder();
        var baseline = folder.Read(FindingBaseline.Text(Locate(["a", "a", "b"], folder.Root), folder.Root));
        Assert.Equal([true, true, false, true], baseline.Mark(Locate(["a", "a", "a", "b"], folder.Root)).Select(f => f.IsInBaseline));
        Assert.Equal(2, baseline.Gone(Locate(["a"], folder.Root)));
    }

    [Fact]
    public void OtherRuleOrFile_IsNew()
    {
        using var folder = new BaselineFolder();
        var accepted = Locate(["a"], folder.Root)[0];
        var baseline = folder.Read(FindingBaseline.Text([accepted], folder.Root));
        Assert.Equal([true, false, false], baseline.Mark([accepted, accepted with { Rule = "MK0001" }, accepted with { File = Path.Combine(folder.Root, "B.cs") }]).Select(f => f.IsInBaseline));
    }

    [Theory]
    [InlineData("", "is no baseline")]
    [InlineData("{}", "is no baseline")]
    [InlineData("[]", "is no baseline")]
    [InlineData("""{ "version": 2, "findings": [] }""", "'version' must be 1")]
    [InlineData("""{ "version": 1, "findings": [ null ] }""", "entry 1")]
    [InlineData("""{ "version": 1, "findings": [ { "rule": "MK0001", "file": "A.cs", "text": "a", "count": 0 } ] }""", "entry 1 ('MK0001 A.cs')")]
    [InlineData("""{ "version": 1, "findings": [ { "rule": "MK0001", "file": "A.cs", "text": "a" } ] }""", "count")]
    [InlineData("""{ "version": 1, "finding": [] }""", "finding")]
    [InlineData("""{ "version": 1, "findings": [ { "rule": "R", "file": "F", "text": "T", "count": 1 }, { "rule": "R", "file": "F", "text": "T", "count": 1 } ] }""", "twice")]
    public void MalformedFile_IsUsageAndSaysWhere(string text, string message)
    {
        using var folder = new BaselineFolder();
        var error = Assert.Throws<MigrationException>(() => folder.Read(text));
        Assert.Equal(ExitCode.Usage, error.ExitCode);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<Finding> Locate(string[] lines, string folder, int skip = 0) => Sites.Locate(
        Enumerable.Range(skip + 1, lines.Length - skip).Select(line => Reports.Finding("A.cs", line, FindingStatus.Open) with { File = Path.Combine(folder, "A.cs") }),
        _ => lines);
}
