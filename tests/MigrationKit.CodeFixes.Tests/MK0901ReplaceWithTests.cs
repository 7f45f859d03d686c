using static MigrationKit.CodeFixes.Tests.ReplaceWithVerifier;

namespace MigrationKit.CodeFixes.Tests;

public sealed class MK0901ReplaceWithTests
{
    private const string Speech = """
        public class Speech
        {
            [ReplaceWith("New({x}, {y})")] public int Old(int x, int y) => 0;
            public int New(int x, int y) => 0;
            [ReplaceWith("New({y}, {x})")] public int Swap(int x, int y) => 0;
            [ReplaceWith("{this}.Inner.New({x}, 1)")] public int Deep(int x) => 0;
            [ReplaceWith("Helper.Run({this}, {x})")] public int Through(int x) => 0;
            [ReplaceWith("{x} * 2")] public int Twice(int x) => 0;
            [ReplaceWith("{x} + {x}")] public int Sum(int x) => 0;
            public Speech Inner => this;
            [ReplaceWith("Name")] public string Title { get => ""; set { } }
            public string Name { get; set; } = "";
            [ReplaceWith("Size()")] public int Count => 0;
            public int Size() => 0;
            [ReplaceWith("Chain()")] public Speech OldChain() => this;
            public Speech Chain() => this;
            [ReplaceWith("Make({x})")] public static Speech Create(int x) => new();
            public static Speech Make(int x) => new();
            [ReplaceWith("Latest")] public static readonly int Last = 1;
            public static readonly int Latest = 1;
            [ReplaceWith("Cast<{T}>({x})")] public T As<T>(object x) => default!;
            public T Cast<T>(object x) => default!;
            [ReplaceWith("All({items})")] public int Each(params int[] items) => 0;
            public int All(params int[] items) => 0;
            [ReplaceWith("Take({a}, {b})")] public bool TryTake(ref int a, out int b) { b = 0; return true; }
            public bool Take(ref int a, out int b) { b = 0; return true; }
        }
        public static class Helper { public static int Run(Speech s, int x) => 0; }
        """;

    [Fact]
    public Task Calls_KeepTheirReceiverAndArguments() => Cases(
        ("s.[|Old|](1, 2)", "s.New(1, 2)"),
        ("s.[|Old|](y: 2, x: 1)", "s.New(1, 2)"),
        ("s?.[|Old|](1, 2)", "s?.New(1, 2)"),
        ("s?.Inner.[|Old|](1, 2)", "s?.Inner.New(1, 2)"),
        ("s!.Inner /* a */ . /* b */ [|Old|] ( /* c */ F() /* d */ , /* e */ F() /* f */ )", "s!.Inner /* a */ . /* b */ New ( /* c */ F() /* d */ , /* e */ F() /* f */ )"),
        ("s.[|Deep|](F())", "s.Inner.New(F(), 1)"),
        ("s?.[|Deep|](3)", "s?.Inner.New(3, 1)"),
        ("Speech.[|Create|](3)", "Speech.Make(3)"),
        ("Lib.Speech.[|Create|](3)", "Lib.Speech.Make(3)"),
        ("Speech.[|Last|]", "Speech.Latest"),
        ("s.[|Title|].Length", "s.Name.Length"),
        ("s?.[|Title|]?.Length", "s?.Name?.Length"),
        ("s.[|Count|] + 1", "s.Size() + 1"),
        ("s.[|As|]<string>(1).Length", "s.Cast<string>(1).Length"),
        ("s.[|Through|](n)", "Helper.Run(s, n)"));

    [Fact]
    public Task NestedAndChainedUses_AreAllReplaced() => Cases(
        ("s.[|Old|](s.[|Old|](1, s.[|Twice|](n)), s.[|Count|])", "s.New(s.New(1, n * 2), s.Size())"),
        ("s.[|OldChain|]().[|OldChain|]().[|OldChain|]().[|OldChain|]().[|OldChain|]().[|OldChain|]().[|OldChain|]().Inner", "s.Chain().Chain().Chain().Chain().Chain().Chain().Chain().Inner"));

    [Fact]
    public Task Arguments_AreParenthesisedByPrecedence() => Cases(
        ("s.[|Twice|](n + 1)", "(n + 1) * 2"),
        ("s.[|Twice|](n)", "n * 2"),
        ("s.[|Twice|](n * 3)", "n * 3 * 2"),
        ("s.[|Twice|](-n)", "-n * 2"),
        ("s.[|Twice|](b ? 1 : 2)", "(b ? 1 : 2) * 2"),
        ("s.[|Twice|](n).ToString()", "(n * 2).ToString()"),
        ("1 - s.[|Sum|](n)", "1 - (n + n)"),
        ("$\"{s.[|Sum|](n)}\"", "$\"{n + n}\""));

    [Fact]
    public Task ConstantsAndVariables_MayMoveAndRepeat() => Cases(
        ("s.[|Swap|](1, n)", "s.New(n, 1)"),
        ("s.[|Swap|](n, m)", "s.New(m, n)"),
        ("s.[|Swap|](1, s.[|Swap|](2, s.[|Twice|](n)))", "s.New(s.New(n * 2, 2), 1)"),
        ("s.[|Sum|](4)", "4 + 4"));

    [Fact]
    public Task Params_AreSpliced() => Cases(
        ("s.[|Each|]()", "s.All()"),
        ("s.[|Each|](1, F(), 3)", "s.All(1, F(), 3)"),
        ("s.[|Each|](new[] { 1, 2 })", "s.All(new[] { 1, 2 })"));

    [Fact]
    public Task RefAndOut_TravelWithTheArgument() => Cases(
        ("s.[|TryTake|](ref n, out m)", "s.Take(ref n, out m)"),
        ("s.[|TryTake|](ref n, out var k)", "s.Take(ref n, out var k)"),
        ("s.[|TryTake|](b: out _, a: ref n)", "s.Take(ref n, out _)"));

    [Fact]
    public async Task WhatHasNoArguments_IsReportedWithoutFix()
    {
        await Manual("(System.Func<int, int, int>)s.[|Swap|]", "delegate");
        await Manual("nameof(s.[|Deep|])", "more than another name");
        await Manual("s is { [|Title|]: \"\" }", "pattern");
        await Manual("s?.[|Through|](1)", "'?.'");
        await Manual("(System.Linq.Expressions.Expression<System.Func<int>>)(() => s.[|Old|](1, 2))", "expression tree");
    }

    [Fact]
    public async Task ReplacementThatDoesNotFit_IsReportedWithoutFix()
    {
        await VerifyManualAsync(Library(Speech), "using Lib; class C { void M(Speech s, int n) { s.[|Twice|](n); } }", "no statement");
        await VerifyManualAsync(Library(Speech), "class C { int M(Lib.Speech s, string Helper) { string Lib = Helper; return s.[|Through|](Lib.Length); } }", "Helper");
        await VerifyManualAsync(Library(Speech), "using Lib; class C { object M(Speech s, int n) => s.[|Swap|](1 /* lost */, n); }", "comment");
    }

    [Fact]
    public Task Writes_NeedAReplacementThatCanBeWritten() => VerifyAsync(Library(Speech),
        """
        using Lib;
        class C
        {
            Speech M() => new Speech { [|Title|] = "a" };
            void M(Speech s) { s.[|Title|] = "a"; s.[|Title|] += s.[|Title|]; (s.[|Title|], _) = ("b", 1); }
        }
        """,
        """
        using Lib;
        class C
        {
            Speech M() => new Speech { Name = "a" };
            void M(Speech s) { s.Name = "a"; s.Name += s.Name; (s.Name, _) = ("b", 1); }
        }
        """);

    [Fact]
    public Task InsideTheClassAndItsSubclasses_TheReceiverStaysUnwritten() => VerifyAsync(Library(Speech),
        """
        using static Lib.Speech;
        class C : Lib.Speech
        {
            int A() => [|Old|](1, 2) + this.[|Old|](3, 4) + base.[|Old|](5, 6) + [|Count|];
            int B() => [|Through|](1) + [|Deep|](2);
            object D() => [|Create|](3);
        }
        class E { object F() => [|Create|](3); }
        """,
        """
        using static Lib.Speech;
        class C : Lib.Speech
        {
            int A() => New(1, 2) + this.New(3, 4) + base.New(5, 6) + Size();
            int B() => Lib.Helper.Run(this, 1) + Inner.New(2, 1);
            object D() => Make(3);
        }
        class E { object F() => Make(3); }
        """);

    [Fact]
    public Task LinesTabsAndComments_Stay() => VerifyAsync(Library(Speech),
        "using Lib;\r\nclass C\r\n{\r\n\tint M(Speech s) => s // speech\r\n\t\t.[|Old|](\r\n\t\t\ts.[|Twice|](3),\t// first\r\n\t\t\t4 // second\r\n\t\t);\r\n}\r\n",
        "using Lib;\r\nclass C\r\n{\r\n\tint M(Speech s) => s // speech\r\n\t\t.New(\r\n\t\t\t3 * 2,\t// first\r\n\t\t\t4 // second\r\n\t\t);\r\n}\r\n");

    private static Task Cases(params (string Before, string After)[] cases) => VerifyAsync(Library(Speech),
        Frame(cases.Select(each => each.Before)), Frame(cases.Select(each => each.After)));

    private static Task Manual(string expression, string reason) => VerifyManualAsync(Library(Speech), Frame([expression]), reason);

    private static string Frame(IEnumerable<string> expressions) =>
        "using Lib;\nclass C\n{\n    static int F() => 1;\n    void M(Speech s, int n, int m, bool b)\n    {\n"
        + string.Concat(expressions.Select((expression, i) => $"        object? v{i} = {expression};\n")) + "    }\n}\n";
}
