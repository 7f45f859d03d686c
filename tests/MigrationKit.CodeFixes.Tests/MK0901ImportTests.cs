using static MigrationKit.CodeFixes.Tests.ReplaceWithVerifier;

namespace MigrationKit.CodeFixes.Tests;

/// <summary>The <c>using</c> directives that a template's <c>Imports</c> bring along.</summary>
public sealed class MK0901ImportTests
{
    private const string Library = """
        using MigrationKit;

        namespace Lib.Core
        {
            public static class Engine { public static int Run(int x) => x; }
            public class Gear { }
        }

        namespace Lib.Text
        {
            public static class Words { public static int Shout(this Lib.Model model, int x) => x; }
        }

        namespace Lib
        {
            public class Model
            {
                [ReplaceWith("Engine.Run({x})", Imports = new[] { "Lib.Core", "Lib.Text" })] public int Old(int x) => x;
                [ReplaceWith("{this}.Shout({x})", Imports = new[] { "Lib.Text" })] public int Say(int x) => x;
                [ReplaceWith("Engine.Run({this}.Shout({x}))", Imports = new[] { "Lib.Core", "Lib.Text" })] public int Both(int x) => x;
            }
        }
        """;

    [Theory]
    [InlineData("using Lib;\n", "using Lib;\nusing Lib.Core;\n")]
    [InlineData("using System;\nusing Lib;\nusing Zed;\n", "using System;\nusing Lib;\nusing Lib.Core;\nusing Zed;\n")]
    [InlineData("using Lib;\nusing System;\n", "using Lib;\nusing Lib.Core;\nusing System;\n")]
    [InlineData("// licence\nusing Zed; // z\nusing Lib = Lib;\n", "// licence\nusing Lib.Core;\nusing Zed; // z\nusing Lib = Lib;\n")]
    [InlineData("using Lib; // first\nusing static System.Math;\n", "using Lib; // first\nusing Lib.Core;\nusing static System.Math;\n")]
    [InlineData("", "using Lib.Core;\n\n")]
    [InlineData("// licence\n\n", "// licence\n\nusing Lib.Core;\n\n")]
    [InlineData("/// <summary>Of C.</summary>\n", "using Lib.Core;\n\n/// <summary>Of C.</summary>\n")]
    [InlineData("#nullable enable\nusing Lib;\n", "#nullable enable\nusing Lib;\nusing Lib.Core;\n")]
    public Task MissingDirective_GoesToItsPlace(string usings, string after) => VerifyAsync(Library,
        usings + "class C { int M(global::Lib.Model m) => m.[|Old|](1) + m.[|Old|](2); }\nnamespace Zed { class Y { } }\n",
        after + "class C { int M(global::Lib.Model m) => Engine.Run(1) + Engine.Run(2); }\nnamespace Zed { class Y { } }\n");

    [Fact]
    public Task LineEnds_AreTheFiles() => VerifyAsync(Library,
        "using Lib;\r\nclass C { int M(Model m) => m.[|Old|](1); }\r\n",
        "using Lib;\r\nusing Lib.Core;\r\nclass C { int M(Model m) => Engine.Run(1); }\r\n");

    [Fact]
    public Task DirectivesInsideTheNamespace_GetItThere() => VerifyAsync(Library,
        "namespace App\n{\n    using Lib;\n\n    class C { int M(Model m) => m.[|Old|](1); }\n}\n",
        "namespace App\n{\n    using Lib;\n    using Lib.Core;\n\n    class C { int M(Model m) => Engine.Run(1); }\n}\n");

    [Fact]
    public Task ExtensionMethod_IsImportedWithItsNamespace() => VerifyAsync(Library,
        "using Lib;\nclass C { int M(Model m) => m.[|Say|](1) + (m?.[|Say|](2) ?? 0); }\n",
        "using Lib;\nusing Lib.Text;\nclass C { int M(Model m) => m.Shout(1) + (m?.Shout(2) ?? 0); }\n");

    [Fact]
    public Task SeveralNamespaces_StandInOrder() => VerifyAsync(Library,
        "class C { int M(Lib.Model m) => m.[|Both|](1); }\n",
        "using Lib.Core;\nusing Lib.Text;\n\nclass C { int M(Lib.Model m) => Engine.Run(m.Shout(1)); }\n");

    [Theory]
    [InlineData("global using Lib.Core;\nclass C { int M(Lib.Model m) => m.[|Old|](1); }\n", "global using Lib.Core;\nclass C { int M(Lib.Model m) => Engine.Run(1); }\n")]
    [InlineData("namespace Lib.Core { class C { int M(Model m) => m.[|Old|](1); } }\n", "namespace Lib.Core { class C { int M(Model m) => Engine.Run(1); } }\n")]
    [InlineData("namespace Lib.Core.Inner { class C { int M(Model m) => m.[|Old|](1); } }\n", "namespace Lib.Core.Inner { class C { int M(Model m) => Engine.Run(1); } }\n")]
    public Task NamespaceInScope_IsNotImportedAgain(string before, string after) => VerifyAsync(Library, before, after);

    [Theory]
    [InlineData("namespace Other { class Engine { } }")]
    [InlineData("class Other { object Gear => 1; }")]
    public Task NameThatWouldGetASecondMeaning_IsQualifiedInstead(string other) => VerifyAsync(Library,
        $"class C {{ int M(Lib.Model m) => m.[|Old|](1); }}\n{other}\n",
        $"class C {{ int M(Lib.Model m) => Lib.Core.Engine.Run(1); }}\n{other}\n");

    [Theory]
    [InlineData("#if DEBUG\nusing System;\n#endif\nusing Lib;\n")]
    [InlineData("#pragma warning disable CS0168\n")]
    public Task DirectiveOfThePreprocessorAround_IsQualifiedInstead(string head) => VerifyAsync(Library,
        head + "class C { int M(Lib.Model m) => m.[|Old|](1); }\n",
        head + "class C { int M(Lib.Model m) => Lib.Core.Engine.Run(1); }\n");

    [Fact]
    public Task ExtensionMethodThatWouldGetASecondMeaning_IsReportedWithoutFix() => VerifyManualAsync(Library,
        "class C { int M(Lib.Model m) => m.[|Say|](1); }\nstatic class Own { static int Shout(this string s) => s.Length; }\n",
        "does not compile here");
}
