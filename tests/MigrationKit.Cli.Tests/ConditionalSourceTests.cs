using FsCheck;
using FsCheck.Fluent;
using MigrationKit.Cli.Hybrid;

namespace MigrationKit.Cli.Tests;

public sealed class ConditionalSourceTests
{
    private const string Symbol = "USE_V1";

    [Theory]
    [InlineData("a();\nb();\nc();\n", "a();\nx();\nc();\n", "a();\n#if USE_V1\nb();\n#else\nx();\n#endif\nc();\n")]
    [InlineData("a();\nb();\n", "a();\n", "a();\n#if USE_V1\nb();\n#endif\n")]
    [InlineData("a();\n", "a();\nb();\n", "a();\n#if !USE_V1\nb();\n#endif\n")]
    [InlineData("a();\r\nb();", "a();\r\nx();", "a();\r\n#if USE_V1\r\nb();\r\n#else\r\nx();\r\n#endif")]
    [InlineData("a();\n1;\nb();\n", "x();\n1;\ny();\n", "#if USE_V1\na();\n1;\nb();\n#else\nx();\n1;\ny();\n#endif\n")]
    public void Change_StandsUnderTheSymbol(string before, string after, string expected)
    {
        Assert.Equal(expected, ConditionalSource.Keep(before, after, Symbol));
        AssertExact(before, after);
    }

    [Theory]
    [InlineData("var s = \"\"\"\n    a\n    old\n    \"\"\";\n", "var s = \"\"\"\n    a\n    new\n    \"\"\";\n")]
    [InlineData("/* one\n two */ a();\n", "/* one\n 2 */ a();\n")]
    [InlineData("/// <summary>\n/// Old.\n/// </summary>\nclass C { }\n", "/// <summary>\n/// New.\n/// </summary>\nclass C { }\n")]
    [InlineData("var s = @\"a\nb\nc\"; x();\n", "var s = @\"a\nb\nc\"; y();\n")]
    [InlineData("var s = $\"{a}\n\"; x();\n", "x();\n")]
    [InlineData("#if DEBUG\na();\n#endif\nb();\n", "x();\nb();\n")]
    [InlineData("#region R\na();\n#endregion\nb();\nc();\nd();\ne();\n", "#region S\na();\n#endregion\nb();\nc();\nd();\ny();\n")]
    [InlineData("#if DEBUG\na();\n#else\nb();\n#endif\n", "#if DEBUG\nx();\n#else\nb();\n#endif\n")]
    [InlineData("a();\n#if DEBUG\nb();\nc();\nd();\ne();\n#endif\nf();\n", "x();\n#if TRACE\nb();\nc();\nd();\ne();\n#endif\ny();\n")]
    public void ChangeBesideTextOfSeveralLines_IsExactBothWays(string before, string after) => AssertExact(before, after);

    [Fact]
    public void AnyEdit_IsExactBothWays()
    {
        var lines = Gen.Elements("a();", "b();", "  c(1);", "// note", "/* two\n   lines */", "s = @\"x\n y\";", "", "#pragma warning disable X", "#region R\nr();\n#endregion");
        var ends = Gen.Elements("\n", "");
        var texts = lines.ArrayOf().Zip(ends, (l, end) => string.Join('\n', l) + (l.Length > 0 ? end : ""));
        Prop.ForAll(texts.ToArbitrary(), texts.ToArbitrary(), AssertExact).Check(Config.QuickThrowOnFailure.WithMaxTest(400));
    }

    [Theory]
    [InlineData("#if USE_V1 && X\na();\n#endif\n", 1)]
    [InlineData("#if X\na();\n#elif USE_V1\nb();\n#endif\n", 3)]
    [InlineData("#if USE_V1\na();\n#elif X\nb();\n#endif\n", 3)]
    public void ConditionOfMoreThanTheSymbol_IsLeftAndNamed(string text, int line) =>
        Assert.Equal([line], ConditionalSource.Remove(text, Symbol).Left);

    [Fact]
    public void BlocksWithinOtherConditions_AreTakenOut() =>
        Assert.Equal(
            "#if X\nb();\n#else\n#if Y\nc();\n#endif\nd();\n#endif\n",
            ConditionalSource.Remove("#if X\n#if USE_V1\n#if Z\na();\n#endif\n#else // new\nb();\n#endif\n#else\n#if Y\nc();\n#endif\n#if !USE_V1\nd();\n#endif\n#endif\n", Symbol).Text);

    [Fact]
    public void StringThatHoldsADirective_CannotBeKeptAndIsSeenNotToBe()
    {
        // In a branch that is not compiled the compiler takes the line for a directive: C# has no way to write this.
        const string before = "var s = \"\"\"\n    #if X\n    old\n    \"\"\";\n";
        var kept = ConditionalSource.Keep(before, before.Replace("old", "new", StringComparison.Ordinal), Symbol);
        Assert.False(ConditionalSource.IsSameCode(before.Replace("old", "new", StringComparison.Ordinal), kept));
    }

    [Fact]
    public void DirectiveWithinAString_IsText()
    {
        const string text = "var s = \"\"\"\n    #if USE_V1\n    #endif\n    \"\"\";\n";
        Assert.Equal(text, ConditionalSource.Remove(text, Symbol).Text);
    }

    private static void AssertExact(string before, string after)
    {
        var kept = ConditionalSource.Keep(before, after, Symbol);
        var removed = ConditionalSource.Remove(kept, Symbol);
        Assert.Equal((after, 0), (removed.Text, removed.Left.Count));
        Assert.True(ConditionalSource.IsSameCode(before, kept, Symbol), kept);
        Assert.True(ConditionalSource.IsSameCode(after, kept), kept);
    }
}
