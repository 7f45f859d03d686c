using FsCheck;
using FsCheck.Fluent;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace MigrationKit.CodeFixes.Tests;

public sealed class TextEditsTests
{
    [Fact]
    public void Apply_DisjointReplacements_KeepsEverythingElse() => Prop.ForAll(
        Gen.Choose(0, 40).Four().Select(cuts => new[] { cuts.Item1, cuts.Item2, cuts.Item3, cuts.Item4 }.Order().ToArray()).ToArbitrary(),
        cuts =>
        {
            var text = new string([.. Enumerable.Range(0, 40).Select(i => (char)('a' + (i % 26)))]);
            var edits = Create(text);
            edits.Replace(TextSpan.FromBounds(cuts[0], cuts[1]), "<1>");
            Assert.True(edits.TryCommit());
            edits.Replace(TextSpan.FromBounds(cuts[2], cuts[3]), "<2>");
            if (!edits.TryCommit())
                return;

            Assert.Equal(text[..cuts[0]] + "<1>" + text[cuts[1]..cuts[2]] + "<2>" + text[cuts[3]..], edits.Apply().ToString());
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void TryCommit_OverlapWithATakenEdit_TakesNothingOfTheFinding()
    {
        var edits = Create("abcdef");
        edits.Replace(new TextSpan(1, 3), "X");
        Assert.True(edits.TryCommit());

        edits.Insert(0, "start ");
        edits.Replace(new TextSpan(2, 3), "Y");
        Assert.False(edits.TryCommit());

        Assert.Equal("aXef", edits.Apply().ToString());
    }

    [Fact]
    public void InsertShared_BySeveralFindings_IsThereOnce()
    {
        var edits = Create("ab");
        foreach (var own in new[] { "1", "2" })
        {
            edits.InsertShared(0, "pool ");
            edits.Insert(1, own);
            Assert.True(edits.TryCommit());
        }

        Assert.Equal("pool a12b", edits.Apply().ToString());
    }

    [Fact]
    public void Insert_SameTextAtOnePlaceByTwoFindings_IsThereTwice()
    {
        var edits = Create("a;");
        edits.Insert(2, "}");
        Assert.True(edits.TryCommit());
        edits.Insert(2, "}");
        Assert.True(edits.TryCommit());

        Assert.Equal("a;}}", edits.Apply().ToString());
    }

    [Fact]
    public void Move_TakesTheEditsInsideAlong()
    {
        var edits = Create("int a = f(1);\nC() {\n}\n");
        edits.Insert(11, ", 2");
        edits.Move(from: new TextSpan(8, 4), cut: new TextSpan(5, 7), to: 19, "\n    a = ", ";");
        Assert.True(edits.TryCommit());

        Assert.Equal("int a;\nC() {\n    a = f(1, 2);\n}\n", edits.Apply().ToString());
    }

    [Fact]
    public void Indent_MovesOldAndNewLinesButNotTheInsideOfStrings()
    {
        const string text = "class C\n{\n    void M()\n    {\n        A();\n        var s = @\"x\n y\";\n\n        B();\n    }\n}\n";
        var edits = Create(text);
        var start = text.IndexOf("A();", StringComparison.Ordinal);
        edits.Indent(TextSpan.FromBounds(start - 8, text.IndexOf("B();", StringComparison.Ordinal) + 4));
        edits.Insert(start + 4, "\n        New();");
        Assert.True(edits.TryCommit());

        Assert.Equal(
            "class C\n{\n    void M()\n    {\n            A();\n            New();\n            var s = @\"x\n y\";\n\n            B();\n    }\n}\n",
            edits.Apply().ToString());
    }

    [Theory]
    [InlineData("class C\n{\n\tint a;\n}", "\t")]
    [InlineData("class C\n{\n  int a;\n    int b;\n}", "  ")]
    [InlineData("class C\n{\n    int a;\n}", "    ")]
    [InlineData("class C { }", "    ")]
    public void IndentUnit_IsTheFiles(string text, string unit) => Assert.Equal(unit, Create(text).IndentUnit);

    [Fact]
    public void LineEndAt_IsTheNeighbours()
    {
        var edits = Create("a\r\nb\nc");
        Assert.Equal("\r\n", edits.LineEndAt(0));
        Assert.Equal("\n", edits.LineEndAt(3));
        Assert.Equal("\n", edits.LineEndAt(5));
    }

    private static TextEdits Create(string text) => new(CSharpSyntaxTree.ParseText(text).GetRoot(), SourceText.From(text));
}
