using MigrationKit.Analyzers;
using MigrationKit.Tests.Verifiers;
using static MigrationKit.CodeFixes.Tests.ReplaceWithVerifier;

namespace MigrationKit.CodeFixes.Tests;

/// <summary>Indexers, object initializers, delegates, <c>nameof</c> and <c>cref</c>.</summary>
public sealed class MK0901MentionTests
{
    private const string Speech = """
        public class Speech
        {
            [ReplaceWith("New({x}, {y})")] public int Old(int x, int y) => 0;
            public int New(int x, int y) => 0;
            public long New(long x) => 0;
            [ReplaceWith("New({y}, {x})")] public int Swap(int x, int y) => 0;
            [ReplaceWith("Make({x})")] public static Speech Create(int x) => new();
            public static Speech Make(int x) => new();
            [ReplaceWith("Name")] public string Title { get; set; } = "";
            public string Name { get; set; } = "";
            [ReplaceWith("At({i})")] public int this[int i] => 0;
            public int At(int i) => 0;
            [ReplaceWith("Items[{key}]")] public int this[string key] { get => 0; set { } }
            public System.Collections.Generic.Dictionary<string, int> Items { get; } = new();
            [ReplaceWith("{this}[(int){l}, 0]")] public int this[long l] => 0;
            public int this[int a, int b] => 0;
            public event System.Action<int, int>? Heard;
            public static void Run(System.Func<int, int, int> f) { }
            public Speech() { }
            [ReplaceWith("new Speech(\"x\", {size})")] public Speech(int size) { }
            public Speech(string name, int size) { }
        }
        public static class Speeches
        {
            [ReplaceWith("{speech}.Fresh({x})")] public static int Stale(this Speech speech, int x) => x;
            public static int Fresh(this Speech speech, int x) => x;
        }
        """;

    [Fact]
    public Task Indexers_AreReplaced() => Cases(
        ("s[1]", "s.At(1)"),
        ("s?[1]", "s?.At(1)"),
        ("s[\"a\"]", "s.Items[\"a\"]"),
        ("s?[\"a\"]", "s?.Items[\"a\"]"),
        ("s[\"a\"] = 2", "s.Items[\"a\"] = 2"),
        ("s[\"a\"] += s[n]", "s.Items[\"a\"] += s.At(n)"),
        ("s[5L]", "s[(int)5L, 0]"),
        ("s?[5L]", "s?[(int)5L, 0]"));

    [Fact]
    public async Task IndexerThatIsWritten_NeedsAReplacementThatCanBe() =>
        await VerifyManualAsync(Library("public class Speech { [ReplaceWith(\"At({i})\")] public int this[int i] { get => 0; set { } } public int At(int i) => 0; }"),
            "class C { void M(Lib.Speech s) { [|s[1]|] = 2; [|s[1]|]++; } }", "written to");

    [Fact]
    public Task ObjectInitializers_GoWithTheNewConstructor() => VerifyAsync(Library(Speech),
        "using Lib; class C { Speech _a = [|new Speech(1) { Name = \"a\" /* kept */ }|]; object _b = [|new Speech(2)|]; Speech _c = [|new(3) { [|Title|] = \"c\" }|]; }",
        "using Lib; class C { Speech _a = new Speech(\"x\", 1) { Name = \"a\" /* kept */ }; object _b = new Speech(\"x\", 2); Speech _c = new Speech(\"x\", 3) { Name = \"c\" }; }");

    [Fact]
    public Task Delegates_KeepTheirMethodsShape() => VerifyAsync(Library(Speech),
        """
        using System;
        using Lib;
        class C
        {
            void M(Speech s)
            {
                Func<int, int, int> a = s.[|Old|];
                Func<int, Speech> b = Speech.[|Create|];
                Func<int, int> c = s.[|Stale|];
                Speech.Run(s.[|Old|]);
            }
        }
        """,
        """
        using System;
        using Lib;
        class C
        {
            void M(Speech s)
            {
                Func<int, int, int> a = s.New;
                Func<int, Speech> b = Speech.Make;
                Func<int, int> c = s.Fresh;
                Speech.Run(s.New);
            }
        }
        """);

    [Fact]
    public Task DelegatesBehindACast_AreReportedWithoutFix() => VerifyManualAsync(Library(Speech),
        "using System; class C { object M(Lib.Speech s) => (Func<int, int, int>)s.[|Old|]; }", "the same delegate");

    [Fact]
    public async Task EventHandlers_AreReplacedForReview()
    {
        var library = Library("public class Speech { public event System.Action? Heard; [ReplaceWith(\"New()\")] public void Old() { } public void New() => Heard?.Invoke(); }");
        var source = "class C { void M(Lib.Speech s) { s.Heard += s.[|Old|]; s.Heard -= s.[|Old|]; } }";
        await VerifyAsync(library, source, "class C { void M(Lib.Speech s) { s.Heard += s.New; s.Heard -= s.New; } }");
        Assert.All(await FindAsync(Project(library, Markup.Parse(source).Source, isAssembly: true)), finding => Assert.Equal(Facts.Review, finding.Properties[Facts.Safety]));
    }

    [Fact]
    public async Task NameOf_IsRenamedForReview()
    {
        var source = "using Lib; class C : Speech { string A => nameof([|Old|]); string B(Speech s) => nameof(s.[|Title|]) + nameof(Lib.Speech.[|Old|]); }";
        await VerifyAsync(Library(Speech), source, "using Lib; class C : Speech { string A => nameof(New); string B(Speech s) => nameof(s.Name) + nameof(Lib.Speech.New); }");
        Assert.All(await FindAsync(Project(Library(Speech), Markup.Parse(source).Source, isAssembly: true)), finding => Assert.Equal(Facts.Review, finding.Properties[Facts.Safety]));
    }

    [Fact]
    public Task Crefs_AreFollowedWhereTheyMeanOneMember() => VerifyAsync(Library(Speech),
        """
        using Lib;
        /// <summary><see cref="Speech.[|Old|](int, int)"/> and <see cref="Speech.[|Title|]"/>, but not <see cref="Speech.[|Old|]"/>.</summary>
        /// <seealso cref="Speech.[|Swap|]"/>
        class C { }
        """,
        """
        using Lib;
        /// <summary><see cref="Speech.New(int, int)"/> and <see cref="Speech.Name"/>, but not <see cref="Speech.Old"/>.</summary>
        /// <seealso cref="Speech.Swap"/>
        class C { }
        """);

    [Fact]
    public async Task DocumentationOfTheTwoMembers_KeepsItsCrefs()
    {
        var source = "using MigrationKit; class C { /// <summary>See <see cref=\"New\"/>, not <see cref=\"Old\"/>.</summary>\n[ReplaceWith(\"New()\")] int Old() => 0;\n/// <summary>Instead of <see cref=\"Old\"/>.</summary>\nint New() => 0; }";
        Assert.Empty(await FindAsync(Project("", source, isAssembly: false)));
    }

    private static Task Cases(params (string Before, string After)[] cases) => VerifyAsync(Library(Speech),
        Frame(cases.Select(each => Marked(each.Before))), Frame(cases.Select(each => each.After)));

    /// <summary>Marks each access to an indexer, from its receiver on; behind a <c>?</c>, from the bracket on.</summary>
    private static string Marked(string expression) =>
        System.Text.RegularExpressions.Regex.Replace(expression, @"s\[[^\]]*\]|\[[^\]]*\]", "[|$0|]");

    private static string Frame(IEnumerable<string> expressions) =>
        "using Lib;\nclass C\n{\n    void M(Speech s, int n)\n    {\n"
        + string.Concat(expressions.Select((expression, i) => $"        object? v{i} = {expression};\n")) + "    }\n}\n";
}
