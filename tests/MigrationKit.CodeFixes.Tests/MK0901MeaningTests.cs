using static MigrationKit.CodeFixes.Tests.ReplaceWithVerifier;

namespace MigrationKit.CodeFixes.Tests;

/// <summary>Uses where the replacement would compile, or nearly, and mean something else.</summary>
public sealed class MK0901MeaningTests
{
    private const string Members = """
        public struct Place { public int X; public int Next() => ++X; public readonly int Get() => X; }
        public enum Mode { [ReplaceWith("Mode.Fresh")] Old, Fresh, [ReplaceWith("Mode.Other")] First, [ReplaceWith("Mode.Other")] Second, Other }
        public delegate int Step(int x);
        public struct Volume { public static implicit operator Volume(double d) => default; }
        public class Helper { public static int Run(int x) => x; public static string Shared = ""; }
        public static class Boosting { public static int Boost(this Speech s) => 1; }
        public class Speech
        {
            [ReplaceWith("New({y}, {x})")] public int Swap(int x, int y) => 0;
            public int New(int y, int x) => 0;
            [ReplaceWith("Put({y}, {x})")] public int Set(Place x, int y) => 0;
            public int Put(int y, Place x) => 0;
            [ReplaceWith("Helper.Shared")] public string Common { get => ""; set { } }
            [ReplaceWith("Map(i => i + {x})")] public int Shift(int x) => 0;
            [ReplaceWith("Map(x => x + {x})")] public int Move(int x) => 0;
            public int Map(System.Func<int, int> f) => 0;
            [ReplaceWith("Try({text}, out var v) ? v : 0")] public int Parse(string text) => 0;
            public bool Try(string text, out int v) { v = 0; return true; }
            [ReplaceWith("global::Lib.Helper.Run(1)")] public int Global => 0;
            [ReplaceWith("Log({args})")] public void Write(params object[] args) { }
            public void Log(string text) { }
            public void Log(params object[] args) { }
            [ReplaceWith("Make()")] public int Old() => 0;
            public int Make() => 0;
            [ReplaceWith("Name")] public string Title => "";
            public string Name => "";
            [ReplaceWith("Helper.Run({x})")] public int Through(int x) => 0;
            [ReplaceWith("{this}.Boost()")] public int Strong() => 0;
            [ReplaceWith("Plain({x})")] public int Out(int x, out int y) { y = 0; return 0; }
            public int Plain(int x) => 0;
            public bool Ready => true;
            [ReplaceWith("Ready && Take({x}, {y})")] public bool TryTake(int x, out int y) { y = 0; return true; }
            public bool Take(int x, out int y) { y = 0; return true; }
            [ReplaceWith("Position")] public Place Spot;
            public Place Position { get; set; }
            [ReplaceWith("Entry")] public Place Item { get; set; }
            public Place Entry;
            [ReplaceWith("Assign(\"gain\", {x})")] public void Gain(float x) { }
            [ReplaceWith("Assign(\"volume\", {v})")] public void Loud(Volume v) { }
            [ReplaceWith("Assign(\"text\", {f})")] public void Say(System.FormattableString f) { }
            [ReplaceWith("Assign(\"count\", {n})")] public void Count(int? n) { }
            [ReplaceWith("Wide({x})")] public void Narrow(float x) { }
            [ReplaceWith("Wide({x})")] public void Whole(int x) { }
            public void Assign(string name, object? value) { }
            public void Wide(double x) { }
            [ReplaceWith("Trim({x}.Trim())")] public int Trim(string x) => 0;
            [ReplaceWith("Pong()")] public int Ping() => 0;
            [ReplaceWith("Ping()")] public int Pong() => 0;
        }
        """;

    [Theory]
    [InlineData("n = s.[|Set|](p, p.Next());", "Place x = p;\n        n = s.Put(p.Next(), x);")]
    [InlineData("n = s.[|Set|](p, p.X = 5);", "Place x = p;\n        n = s.Put(p.X = 5, x);")]
    [InlineData("n = s.[|Set|](p, Bump(ref p.X));", "Place x = p;\n        n = s.Put(Bump(ref p.X), x);")]
    [InlineData("ref int r = ref n; m = s.[|Swap|](n, r = 5);", "ref int r = ref n; int x = n; m = s.New(r = 5, x);")]
    [InlineData("m = s.[|Swap|](shared, Grow());", "int x = shared;\n        m = s.New(Grow(), x);")]
    public Task VariableThatTheUseChangesInAnotherWay_IsEvaluatedAhead(string before, string after) =>
        VerifyAsync(Library(Members), Frame(before), Frame(after));

    [Theory]
    [InlineData("object o = new Speech { [|Common|] = \"a\" };", "object initializer")]
    [InlineData("const int i = 3; n = s.[|Shift|](i);", "'i' would mean")]
    [InlineData("int v = s.[|Parse|](\"1\");", "the name is taken")]
    [InlineData("start: int k = s.[|Swap|](Grow(), Grow()); if (k > 0) goto start;", "another time")]
    [InlineData("s.[|Write|](\"a\");", "another overload")]
    [InlineData("n = d.[|Old|]();", "something else")]
    [InlineData("n = d.[|Title|].Length;", "something else")]
    [InlineData("Other Helper = new(); n = s.[|Through|](1);", "something else")]
    [InlineData("n = s.[|Strong|]();", "something else")]
    [InlineData("s.[|Out|](1, out var y); n = y;", "'out' argument")]
    [InlineData("bool b = s.[|TryTake|](1, out var y);", "not always")]
    [InlineData("s.[|Spot|].X = 1;", "gives a copy")]
    [InlineData("s.[|Spot|].Next();", "gives a copy")]
    [InlineData("s.[|Item|].Next();", "gives a copy")]
    [InlineData("switch (mode) { case Mode.[|Old|]: break; case Mode.Fresh: break; }", "case for")]
    [InlineData("n = mode switch { Mode.[|Old|] => 1, Mode.Fresh => 2, _ => 3 };", "case for")]
    [InlineData("switch (mode) { case Mode.[|First|]: break; case Mode.[|Second|]: break; }", "case for")]
    [InlineData("var o = new { s.[|Title|] };", "name of a member")]
    [InlineData("var t = (s.[|Title|], 1); string u = t.Title;", "name of a member")]
    [InlineData("n = s.[|Trim|](\"a\");", "leads back")]
    [InlineData("n = s.[|Ping|]();", "leads back")]
    public Task ReplacementThatWouldMeanSomethingElse_IsReportedWithoutFix(string statement, string reason) =>
        VerifyManualAsync(Library(Members), Frame(statement), reason);

    [Theory]
    [InlineData("s.[|Gain|](1); s.[|Gain|](n); s.[|Gain|](2f);", "s.Assign(\"gain\", (float)1); s.Assign(\"gain\", (float)n); s.Assign(\"gain\", 2f);")]
    [InlineData("s.[|Loud|](0.5);", "s.Assign(\"volume\", (Volume)0.5);")]
    [InlineData("s.[|Say|]($\"a {n}\");", "s.Assign(\"text\", (System.FormattableString)$\"a {n}\");")]
    [InlineData("s.[|Count|](n); s.[|Count|](null);", "s.Assign(\"count\", n); s.Assign(\"count\", null);")]
    [InlineData("s.[|Narrow|](n); s.[|Whole|](n); s.[|Whole|]('a');", "s.Wide((float)n); s.Wide(n); s.Wide('a');")]
    public Task ArgumentThatTheOldParameterConverted_IsCastWhereTheNewOneTakesIt(string before, string after) =>
        VerifyAsync(Library(Members), Frame(before), Frame(after));

    [Theory]
    [InlineData("n = s.[|Set|](p, p.Get()); p.X = 1;", "n = s.Put(p.Get(), p); p.X = 1;")]
    [InlineData("n = s.[|Move|](Grow());", "int x2 = Grow();\n        n = s.Map(x => x + x2);")]
    [InlineData("string t = $\"{s.[|Global|]} {s.[|Global|]:x}\";", "string t = $\"{(global::Lib.Helper.Run(1))} {(global::Lib.Helper.Run(1)):x}\";")]
    [InlineData("n = s.[|Parse|](\"1\");", "n = s.Try(\"1\", out var v) ? v : 0;")]
    [InlineData("s.[|Write|](\"a\", 1); s.[|Out|](1, out _);", "s.Log(\"a\", 1); s.Plain(1);")]
    [InlineData("n = s.[|Spot|].Get() + s.[|Spot|].X; s.[|Spot|] = default;", "n = s.Position.Get() + s.Position.X; s.Position = default;")]
    [InlineData("var o = new { Title = s.[|Title|], s.[|Title|].Length }; (string, int) t = (s.[|Title|], 1);", "var o = new { Title = s.Name, s.Name.Length }; (string, int) t = (s.Name, 1);")]
    public Task UseBesideThose_IsReplaced(string before, string after) =>
        VerifyAsync(Library(Members), Frame(before), Frame(after));

    [Fact]
    public async Task LocalsOfTheUser_DoNotStandInForMembersOfTheLibrary()
    {
        await VerifyManualAsync(Library(Members), "using Lib; class C : Speech { int M(System.Func<int> Make) => [|Old|](); }", "something else");
        await VerifyManualAsync(Library(Members), "using Lib; class C : Speech { string M() { string Name = \"a\"; return [|Title|] + Name; } }", "something else");
        await VerifyManualAsync(Library(Members), "using Lib; class C : Speech { int M() { int Make() => 3; return [|Old|]() + Make(); } }", "something else");
    }

    private static string Frame(string statement) => $$"""
        using Lib;
        using Mine;
        namespace Mine { static class Own { public static int Boost(this Speech s) => 2; } }
        class Derived : Speech { public new int Make() => 9; public new string Name => "x"; }
        class Other { public int Run(int x) => -x; }
        namespace Mine
        {
        class C(int shared)
        {
            static int Bump(ref int i) => i++;
            int Grow() => shared++;
            void M(Speech s, Derived d, Mode mode, Place p, int n, int m)
            {
                {{statement}}
            }
        }
        }
        """;
}
