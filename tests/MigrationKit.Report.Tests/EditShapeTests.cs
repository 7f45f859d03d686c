using MigrationKit.Cli.Reporting;

namespace MigrationKit.Report.Tests;

public sealed class EditShapeTests
{
    [Theory]
    [InlineData("  a.Generate(x);", "  a.GenerateAudio(x);", "Generate → GenerateAudio")]
    [InlineData("var other = b.Generate(y, \"t\");", "var other = b.GenerateAudio(y, \"t\");", "Generate → GenerateAudio")]
    [InlineData("f(a, b);", "f(a, b, c);", "+ , c")]
    [InlineData("using A;", "", "− using A;")]
    public void Shape_IsWhatChangesWhateverStandsAround(string before, string after, string expected)
    {
        var edit = Assert.Single(LineEdits.Of(before + "\n", after.Length == 0 ? "" : after + "\n"));
        Assert.Equal(expected, EditShape.Of(edit, 0));
    }

    [Fact]
    public void NeighbouringLines_HaveShapesOfTheirOwn()
    {
        var edit = Assert.Single(LineEdits.Of("a.Old();\nb.Older();\n", "a.New();\nb.Newer();\n"));
        Assert.Equal(("Old → New", "Older → Newer"), (EditShape.Of(edit, 0), EditShape.Of(edit, 1)));
    }

    [Fact]
    public void LongEdit_IsCutAndSaysSo()
    {
        var edit = Assert.Single(LineEdits.Of("a\n", string.Concat(Enumerable.Range(0, 200).Select(i => $"word{i}\n"))));
        Assert.Equal(160, EditShape.Of(edit, 0).Length);
        Assert.EndsWith("…", EditShape.Of(edit, 0), StringComparison.Ordinal);
    }

    [Fact]
    public void HugeEdit_IsDescribedByItsSize()
    {
        var edit = Assert.Single(LineEdits.Of("a\n", string.Concat(Enumerable.Range(0, 4000).Select(i => $"word{i}\n"))));
        Assert.Equal("lines: 1 → 4000", EditShape.Of(edit, 0));
    }
}
