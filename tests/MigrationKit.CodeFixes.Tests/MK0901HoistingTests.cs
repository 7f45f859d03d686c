using static MigrationKit.CodeFixes.Tests.ReplaceWithVerifier;

namespace MigrationKit.CodeFixes.Tests;

/// <summary>Arguments that move into locals ahead of the statement, and where that is not possible.</summary>
public sealed class MK0901HoistingTests
{
    private const string Speech = """
        public class Speech
        {
            [ReplaceWith("New({y}, {x})")] public int Swap(double x, int y) => 0;
            public int New(int y, double x) => 0;
            [ReplaceWith("{x} + {x}")] public int Sum(int x) => 0;
            [ReplaceWith("{x}")] public int First(int x, string? y) => x;
            [ReplaceWith("Begin().New({x}, 1)")] public int Chain(int x) => 0;
            public Speech Begin() => this;
            [ReplaceWith("Later(() => {x})")] public int Now(int x) => 0;
            public int Later(System.Func<int> x) => 0;
            [ReplaceWith("Tool.Run({x}, {this})")] public int Through(int x) => 0;
            [ReplaceWith("All({last}, {items})")] public int Each(int last, params long[] items) => 0;
            public int All(int last, params long[] items) => 0;
            [ReplaceWith("Map({f}, {x})")] public int Apply(int x, System.Func<int, int> f) => 0;
            public int Map(System.Func<int, int> f, int x) => 0;
            [ReplaceWith("Take({a}, {b})")] public int Give(System.Span<int> b, int a) => 0;
            public int Take(int a, System.Span<int> b) => 0;
            [ReplaceWith("Put({b}, ref {a})")] public int Set(ref int a, int b) => 0;
            public int Put(int b, ref int a) => 0;
        }
        public struct Point { public int N; [ReplaceWith("Tool.Add({x}, {this})")] public int Add(int x) => N++; }
        public static class Tool { public static int Run(int x, Speech s) => 0; public static int Add(int x, Point p) => 0; }
        """;

    [Fact]
    public Task ArgumentsOfAStatement_AreEvaluatedAheadInLocalsOfTheirParametersTypes() => Verify(
        ("int v = s.[|Swap|](F(), F());", "double x = F();\n        int v = s.New(F(), x);"),
        ("return s.[|Sum|](F());", "int x = F();\n        return x + x;"),
        ("var v = s.[|First|](F(), $\"{F()}\");", "int x = F();\n        string? y = $\"{F()}\";\n        var v = x;"),
        ("n = s.[|Chain|](F()) + F();", "int x = F();\n        n = s.Begin().New(x, 1) + F();"),
        ("if (s.[|Now|](n) > 0) n++;", "int x = n;\n        if (s.Later(() => x) > 0) n++;"),
        ("n = Make().[|Through|](F());", "Speech receiver = Make();\n        n = Lib.Tool.Run(F(), receiver);"),
        ("n = s.[|Each|](items: new long[] { F() }, last: F());", "long[] items = new long[] { F() };\n        n = s.All(F(), items);"),
        ("s.[|Swap|](y: F(), x: F());", "s.New(F(), F());"),
        ("foreach (var c in s.[|Swap|](F(), F()).ToString()) n++;", "double x = F();\n        foreach (var c in s.New(F(), x).ToString()) n++;"));

    [Fact]
    public Task ArgumentsWithoutEffect_StayInPlace() => Verify(
        ("n = s.[|Swap|](n + 1, F());", "n = s.New(F(), n + 1);"),
        ("n = s.[|Apply|](F(), i => i + n);", "n = s.Map(i => i + n, F());"),
        ("n = s.[|Chain|](n);", "n = s.Begin().New(n, 1);"));

    [Fact]
    public Task NamesThatAreTaken_GetANumber() => Verify(
        ("int x = 1, x2 = 2; n = s.[|Swap|](F(), F());", "int x = 1, x2 = 2; double x3 = F(); n = s.New(F(), x3);"),
        ("n = s.[|Swap|](F(), F());\n        n = s.[|Swap|](F(), F());", "double x = F();\n        n = s.New(F(), x);\n        double x2 = F();\n        n = s.New(F(), x2);"));

    [Fact]
    public Task NestedUses_AreFixedFromTheOutsideIn() => Verify(
        ("n = s.[|Swap|](s.[|Swap|](F(), F()), F());", "double x2 = F();\n        double x = s.New(F(), x2);\n        n = s.New(F(), x);"));

    [Fact]
    public Task EmbeddedStatements_GetBraces() => Verify(
        ("if (n > 0)\n            n = s.[|Swap|](F(), F()); // why\n        else\n            n = 1;",
            "if (n > 0)\n        {\n            double x = F();\n            n = s.New(F(), x); // why\n        }\n        else\n            n = 1;"),
        ("while (n > 0) n = s.[|Swap|](F(), F());", "while (n > 0) { double x = F(); n = s.New(F(), x); }"),
        ("switch (n) { case 1: n = s.[|Swap|](F(), F()); break; }", "switch (n) { case 1: double x = F(); n = s.New(F(), x); break; }"));

    [Theory]
    [InlineData("while (s.[|Swap|](F(), F()) > 0) { }", "another time")]
    [InlineData("var b = n > 0 && s.[|Swap|](F(), F()) > 0;", "not always evaluated")]
    [InlineData("var b = n > 0 ? s.[|Swap|](F(), F()) : 1;", "not always evaluated")]
    [InlineData("var b = s?.[|Swap|](F(), F());", "not always evaluated")]
    [InlineData("System.Func<int> f = () => s.[|Swap|](F(), F());", "lambda")]
    [InlineData("var q = from i in new int[1] select s.[|Swap|](F(), F());", "query")]
    [InlineData("int Local() => s.[|Swap|](F(), F());", "expression body")]
    [InlineData("n = F() + s.[|Swap|](F(), F());", "other code of the statement")]
    [InlineData("System.Func<int, int> d = i => i; System.Action set = () => d = i => 2; n = d(s.[|Swap|](F(), F()));", "other code of the statement")]
    [InlineData("n = checked(s.[|Swap|](F(), F()));", "checked")]
    [InlineData("if (n > 0) { } else if (s.[|Swap|](F(), F()) > 0) { }", "another time")]
    [InlineData("var o = new System.Collections.Generic.List<int> { s.[|Swap|](F(), F()) };", "is created before")]
    [InlineData("n = s.[|Give|](Memory(), F());", "a local cannot have")]
    [InlineData("n = s.[|Set|](ref array[F()], F());", "passed by reference")]
    [InlineData("n = s.[|Swap|](G(out var k), F());", "another scope")]
    [InlineData("n = points[0].[|Add|](F());", "a copy of the receiver")]
    public Task UseWithoutAPlaceForLocals_IsReportedWithoutFix(string statement, string reason) => VerifyManualAsync(Library(Speech), Frame(statement), reason);

    [Fact]
    public Task InitializersAndExpressionBodies_AreReportedWithoutFix() => VerifyManualAsync(Library(Speech),
        "using Lib; class C { static int F() => 1; static Speech S = new(); int _f = S.[|Swap|](F(), F()); int P => S.[|Swap|](F(), F()); C(int n) : this(S.[|Swap|](F(), F()), 1) { } C(int n, int m) { } }",
        "has no statement before it");

    [Fact]
    public Task LineEndsAndNullability_AreThoseOfTheFile() => VerifyAsync(Library(Speech),
        "#nullable disable\r\nusing Lib;\r\nclass C\r\n{\r\n\tstatic string T() => null;\r\n\tint M(Speech s)\r\n\t{\r\n\t\treturn s.[|First|](1, T());\r\n\t}\r\n}\r\n",
        "#nullable disable\r\nusing Lib;\r\nclass C\r\n{\r\n\tstatic string T() => null;\r\n\tint M(Speech s)\r\n\t{\r\n\t\tstring y = T();\r\n\t\treturn 1;\r\n\t}\r\n}\r\n");

    [Fact]
    public Task OtherMembers_MayUseTheSameNames() => VerifyAsync(Library(Speech),
        "using Lib; class C { static int F() => 1; int A(Speech s) { return s.[|Sum|](F()); } int B(Speech s) { return s.[|Sum|](F()); } }",
        "using Lib; class C { static int F() => 1; int A(Speech s) { int x = F(); return x + x; } int B(Speech s) { int x = F(); return x + x; } }");

    [Fact]
    public Task TopLevelStatementsAndLocalFunctions_HavePlacesForLocals() => VerifyAsync(Library(Speech),
        "using Lib;\nvar s = new Speech();\nvar v = s.[|Sum|](F());\nint G()\n{\n    return s.[|Sum|](F());\n}\nreturn G() + v;\nstatic int F() => 1;\n",
        "using Lib;\nvar s = new Speech();\nint x = F();\nvar v = x + x;\nint G()\n{\n    int x2 = F();\n    return x2 + x2;\n}\nreturn G() + v;\nstatic int F() => 1;\n");

    private static async Task Verify(params (string Before, string After)[] cases)
    {
        foreach (var (before, after) in cases)
            await VerifyAsync(Library(Speech), Frame(before), Frame(after).Replace("Lib.Tool", "Tool", StringComparison.Ordinal));
    }

    private static string Frame(string statement) =>
        "using System.Linq;\nusing Lib;\nclass C\n{\n    static int F() => 1;\n    static int G(out int k) => k = 1;\n    static System.Span<int> Memory() => default;\n    static Speech Make() => new();\n"
        + "    int M(Speech s, int n, int[] array, Point[] points)\n    {\n        " + statement + "\n        return n;\n    }\n}\n";
}
