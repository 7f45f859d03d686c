using MigrationKit.Analyzers;
using MigrationKit.Tests.Verifiers;
using static MigrationKit.CodeFixes.Tests.ReplaceWithVerifier;

namespace MigrationKit.CodeFixes.Tests;

/// <summary>Constructors, extension methods, optional arguments, imported names, and where no finding may be.</summary>
public sealed class MK0901ReplaceWithShapesTests
{
    [Fact]
    public Task Constructors_BecomeFactoryCalls() => VerifyAsync(
        Library("""
            public class Model
            {
                [ReplaceWith("Load(temp: {temp}, name: {name})")] public Model(string name, double temp) { }
                [ReplaceWith("Factory.Create<{T}>({size})")] public static object Of<T>(int size) => size;
                [ReplaceWith("Model.Load(\"x\", {size})")] public Model(int size) { }
                private Model() { }
                public static Model Load(string name, double temp) => new();
            }
            public static class Factory { public static object Create<T>(int size) => size; }
            """),
        """
        using Lib;
        using M = Lib.Model;
        class C
        {
            Model _a = [|new Model("a", 1)|];
            Model _b = [|new("b", 2)|];
            object _c = [|new Lib.Model(name: "c", temp: 3)|];
            object _d = [|new M(4)|];
            Model _e = [|new(5)|];
            object _f = Model.[|Of|]<int[]>(6);
        }
        """,
        """
        using Lib;
        using M = Lib.Model;
        class C
        {
            Model _a = Model.Load(temp: 1, name: "a");
            Model _b = M.Load(temp: 2, name: "b");
            object _c = Lib.Model.Load(temp: 3, name: "c");
            object _d = Model.Load("x", 4);
            Model _e = Model.Load("x", 5);
            object _f = Factory.Create<int[]>(6);
        }
        """);

    [Fact]
    public Task ConstructorInitializersAndFactoriesWithObjectInitializers_AreReportedWithoutFix() => VerifyManualAsync(
        Library("""
            public class Model
            {
                [ReplaceWith("Load({size})")] public Model(int size) { }
                public int Tag { get; set; }
                public static Model Load(int size) => null!;
            }
            """),
        "using Lib; class C : Model { public C() [|: base(1)|] { } object D() => [|new Model(2) { Tag = 3 }|]; }", "");

    [Fact]
    public Task ExtensionMethods_WorkCalledBothWays() => VerifyAsync(
        Library("""
            public static class Texts
            {
                [ReplaceWith("{text}.Fresh({n})")] public static int Old(this string text, int n) => n;
                public static int Fresh(this string text, int n) => n;
                [ReplaceWith("Fresh({n})")] public static int Short(this string text, int n) => n;
                [ReplaceWith("Fresh({text}, {n})")] public static int Plain(this string text, int n) => n;
                [ReplaceWith("Trim()")] public static string Cut(this string text) => text;
                [ReplaceWith("Many<{T}>({list})")] public static int Count<T>(this T[] list) => 0;
                public static int Many<T>(T[] list) => 0;
            }
            """),
        """
        using Lib;
        class C
        {
            int M(string s, int[] a)
            {
                int? x = s?.[|Old|](1), y = s?.[|Short|](2);
                return s.[|Old|](3) + Texts.[|Old|](s, 4) + s.[|Short|](5) + s.[|Plain|](6) + Texts.[|Plain|](s, 7) + s.[|Cut|]().Length + a.[|Count|]();
            }
        }
        """,
        """
        using Lib;
        class C
        {
            int M(string s, int[] a)
            {
                int? x = s?.Fresh(1), y = s?.Fresh(2);
                return s.Fresh(3) + s.Fresh(4) + s.Fresh(5) + Texts.Fresh(s, 6) + Texts.Fresh(s, 7) + s.Trim().Length + Texts.Many<int>(a);
            }
        }
        """);

    [Fact]
    public Task OmittedArguments_DropOutOrKeepTheOldDefault() => VerifyAsync(
        Library("""
            public enum Mode { Slow, Fast }
            public class Model
            {
                [ReplaceWith("New({a}, {b}, {c})")] public int Old(int a, string b = "x", double c = 0.5) => 0;
                public int New(int a, string b = "x", double c = 0.5) => 0;
                [ReplaceWith("Other({a}, {m}, {b})")] public int Move(int a, Mode m = Mode.Fast, string? b = null) => 0;
                public int Other(int a, Mode m = Mode.Slow, string? b = null) => 0;
                [ReplaceWith("Scale({f} * 2)")] public int Size(float f = 1.5f) => 0;
                public int Scale(float f) => 0;
            }
            """),
        """
        class C
        {
            object M(Lib.Model m) => new object[]
            {
                m.[|Old|](1), m.[|Old|](1, "y"), m.[|Old|](1, c: 2), m.[|Old|](c: 3, a: 1), m.[|Move|](1), m.[|Move|](1, b: "z"), m.[|Move|](1, Lib.Mode.Slow), m.[|Size|](), m.[|Size|](1),
            };
        }
        """,
        """
        class C
        {
            object M(Lib.Model m) => new object[]
            {
                m.New(1), m.New(1, "y"), m.New(1, c: 2), m.New(1, c: 3), m.Other(1, Lib.Mode.Fast), m.Other(1, Lib.Mode.Fast, "z"), m.Other(1, Lib.Mode.Slow), m.Scale(1.5f * 2), m.Scale((float)1 * 2),
            };
        }
        """);

    [Fact]
    public Task NamesOfTheLibrary_AreImportedOrQualifiedWhereTheyDoNotResolve() => VerifyAsync(
        "using MigrationKit; namespace Lib.Core { public static class Engine { public static int Run(int x, int y) => x; } } namespace Lib { "
        + "public class Model { public const int Rate = 1; [ReplaceWith(\"Engine.Run({x}, Rate)\", Imports = new[] { \"Lib.Core\" })] public int Old(int x) => x; } }",
        "class A { int M(Lib.Model m) => m.[|Old|](2); }\nnamespace B { using Lib; using Lib.Core; class B { int M(Model m) => m.[|Old|](2); } }",
        "using Lib.Core;\n\nclass A { int M(Lib.Model m) => Engine.Run(2, Lib.Model.Rate); }\nnamespace B { using Lib; using Lib.Core; class B { int M(Model m) => Engine.Run(2, Model.Rate); } }");

    [Fact]
    public Task OverloadsAndTypes_KeepTheirMeaning() => VerifyManualAsync(
        Library("""
            public class Model
            {
                [ReplaceWith("New({x})")] public int Old(double x) => 0;
                public int New(double x) => 0;
                public int New(int x) => 0;
            }
            """),
        "class C { int M(Lib.Model m) => m.[|Old|](1); }", "another overload");

    [Fact]
    public Task AnotherType_IsOnlyTakenWhereNothingDependsOnIt() => VerifyManualAsync(
        Library("public class Model { [ReplaceWith(\"New()\")] public int Old() => 0; public long New() => 0; }"),
        "class C { void M(Lib.Model m) { var a = m.[|Old|](); System.Console.Write(m.[|Old|]()); string b = m.[|Old|]().ToString(); } }", "type");

    [Fact]
    public Task AnotherType_IsTakenWhereTheContextConverts() => VerifyAsync(
        Library("public class Model { [ReplaceWith(\"New()\")] public int Old() => 0; public short New() => 0; [ReplaceWith(\"New()\")] public void Run() { } }"),
        "class C { void M(Lib.Model m) { long a = m.[|Old|](); m.[|Old|](); m?.[|Run|](); } }",
        "class C { void M(Lib.Model m) { long a = m.New(); m.New(); m?.New(); } }");

    private const string Places = """
        public enum Mode { [ReplaceWith("Mode.Fresh")] Old, Fresh, [ReplaceWith("Model.Current")] Now }
        public class Model
        {
            public static Mode Current => Mode.Fresh;
            public Model Inner => this;
            [ReplaceWith("New({x})")] public int Old(int x) => 0;
            public int New(int x) => 0;
            [ReplaceWith("Log({text}, {line})")] public void Write(string text, [System.Runtime.CompilerServices.CallerLineNumber] int line = 0) { }
            public void Log(string text, [System.Runtime.CompilerServices.CallerLineNumber] int line = 0) { }
            [ReplaceWith("Note({text}, {line})")] public void Print(string text, [System.Runtime.CompilerServices.CallerLineNumber] int line = 0) { }
            public void Note(string text, int line) { }
        }
        public static class Models
        {
            [ReplaceWith("Plain({model}, {x})")] public static int Extra(this Model model, int x) => 0;
            public static int Plain(Model model, int x) => 0;
        }
        """;

    [Fact]
    public Task Uses_AreReplacedWhereverAnExpressionStands() => VerifyAsync(Library(Places),
        """
        using System;
        using Lib;
        Model m = new();
        Func<int, int> f = x => m.[|Old|](x);
        while (m.[|Old|](1) > 0 && m?.[|Old|](f(2)).ToString() == "")
            m!.[|Write|]("a");
        switch (Mode.Fresh) { case Mode.[|Old|]: Console.Write($"{m.[|Old|](3):x}"); break; }
        class C(Model m) { Lazy<int> _a = new(() => m.[|Old|](4)); int P { get; } = m.[|Extra|](5); Mode N => Mode.[|Now|]; }
        """,
        """
        using System;
        using Lib;
        Model m = new();
        Func<int, int> f = x => m.New(x);
        while (m.New(1) > 0 && m?.New(f(2)).ToString() == "")
            m!.Log("a");
        switch (Mode.Fresh) { case Mode.Fresh: Console.Write($"{m.New(3):x}"); break; }
        class C(Model m) { Lazy<int> _a = new(() => m.New(4)); int P { get; } = Models.Plain(m, 5); Mode N => Mode.[|Now|]; }
        """.Replace("[|Now|]", "Now", StringComparison.Ordinal));

    [Fact]
    public async Task UsesWithoutARightPlace_AreReportedWithoutFix()
    {
        await VerifyManualAsync(Library(Places), "using Lib; class C { int? M(Model? m) => m?.[|Extra|](1); int? N(Model? m) => m?.Inner.[|Extra|](1); }", "");
        await VerifyManualAsync(Library(Places), "using Lib; class C { const Mode N = Mode.[|Now|]; }", "constant");
        await VerifyManualAsync(Library(Places), "using Lib; class C { void M(Model m) => m.[|Print|](\"a\"); }", "from the calling code");
    }

    [Fact]
    public async Task ReplacementAndDeclaration_MayUseTheOldMember()
    {
        var source = "using MigrationKit; class C { [ReplaceWith(\"New({x})\")] int Old(int x) => x > 0 ? Old(x - 1) : 0; int New(int x) { return Old(x); } int M() => [|Old|](1); }";
        await VerifyAsync("", source, Markup.Parse(source).Source.Replace("M() => Old", "M() => New", StringComparison.Ordinal), sourceOnly: true);
    }

    [Fact]
    public Task OverriddenMembers_InheritTheReplacement() => VerifyAsync(
        Library("public class Base { [ReplaceWith(\"New()\")] public virtual int Old() => 0; public virtual int New() => 0; }"),
        "class C : Lib.Base { public override int Old() => base.Old(); public override int New() => base.Old(); static int M(C c) => c.[|Old|](); }",
        "class C : Lib.Base { public override int Old() => base.Old(); public override int New() => base.Old(); static int M(C c) => c.New(); }");

    [Fact]
    public async Task OtherMembersAndOtherAttributes_HaveNoFinding()
    {
        var source = "namespace Other { class ReplaceWithAttribute(string t) : System.Attribute { public string T => t; } } class C { [Other.ReplaceWith(\"New()\")] int Old() => 0; int New() => Old(); }";
        Assert.Empty(await FindAsync(Project(Library(""), source, isAssembly: true)));
        Assert.Empty(await FindAsync(TestProject.Create(CodeState.S2, source)));
    }

    [Fact]
    public async Task Fixes_AreSafe()
    {
        var finding = Assert.Single(await FindAsync(Project(Library("public class M { [ReplaceWith(\"New()\")] public int Old() => 0; public int New() => 0; }"), "class C { int F(Lib.M m) => m.Old(); }", isAssembly: true)));
        Assert.Equal(Facts.Safe, finding.Properties[Facts.Safety]);
        Assert.Equal("Replace 'Old' by 'New()'", finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
    }
}
