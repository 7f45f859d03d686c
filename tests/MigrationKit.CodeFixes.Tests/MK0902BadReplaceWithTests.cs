using MigrationKit.Analyzers;
using MigrationKit.Analyzers.Rules;
using MigrationKit.Tests.Verifiers;
using static MigrationKit.CodeFixes.Tests.ReplaceWithVerifier;

namespace MigrationKit.CodeFixes.Tests;

public sealed class MK0902BadReplaceWithTests
{
    [Theory]
    [InlineData("New({x}", "not one C# expression")]
    [InlineData("New({x}); Other()", "not one C# expression")]
    [InlineData("New({x}) Other", "not one C# expression")]
    [InlineData("return {x}", "not one C# expression")]
    [InlineData("", "not one C# expression")]
    [InlineData("New({z})", "'{z}' names no parameter; known are '{x}', '{T}', '{this}'")]
    [InlineData("New(\\\"{x}\\\")", "a hole stands in a string")]
    [InlineData("Other.{x}", "where no expression or type can stand")]
    [InlineData("New({x} /* c */)", "a comment")]
    [InlineData("Missing({x})", "'Missing' does not bind")]
    [InlineData("New({x}, 2)", "New' does not bind")]
    [InlineData("New(\\\"text\\\")", "New' does not bind")]
    [InlineData("{x} + {this}", "does not compile")]
    public async Task BrokenTemplate_IsReportedAtItsDeclaration(string template, string reason)
    {
        foreach (var body in new[] { "{ return 0; }", "=> 0;" })
        {
            var finding = Assert.Single(await FindErrorsAsync($"[ReplaceWith(\"{template}\")] int Old<T>(int x) {body}"));
            Assert.Contains(reason, finding.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
            Assert.Equal(Facts.Manual, finding.Properties[Facts.Safety]);
            Assert.Equal(Microsoft.CodeAnalysis.DiagnosticSeverity.Error, finding.Severity);
            Assert.False(DocumentPass.CanFix(finding));
        }
    }

    [Theory]
    [InlineData("[ReplaceWith(\"Missing\")] int Old { get; set; }", "'Missing' does not bind")]
    [InlineData("[ReplaceWith(\"New(true)\")] int _old;", "New' does not bind")]
    [InlineData("[ReplaceWith(\"Missing({i})\")] int this[int i] => i;", "'Missing' does not bind")]
    [InlineData("interface I { [ReplaceWith(\"Other({x}, {x})\")] int Old(int x); int Other(int x); }", "Other' does not bind")]
    [InlineData("abstract class A { [ReplaceWith(\"Other({x})\")] public abstract int Old(string x); public int Other(int x) => x; }", "Other' does not bind")]
    [InlineData("static class S { [System.Runtime.InteropServices.DllImport(\"x\"), ReplaceWith(\"Gone({x})\")] static extern int Old(int x); }", "'Gone' does not bind")]
    public async Task BrokenTemplateOfAMemberWithoutABody_IsReportedToo(string member, string reason) =>
        Assert.Contains(reason, Assert.Single(await FindErrorsAsync(member)).GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);

    [Theory]
    [InlineData("interface I { [ReplaceWith(\"Other<{T}>({x})\")] int Old<T>(T x) where T : class; int Other<T>(T x); }")]
    [InlineData("abstract class A { [ReplaceWith(\"{this}.Other({x}) + 1\")] public abstract int Old(int x); public int Other(int x) => x; }")]
    [InlineData("static class S { [System.Runtime.InteropServices.DllImport(\"x\"), ReplaceWith(\"Fresh({x})\")] static extern int Old(int x); static int Fresh(int x) => x; }")]
    [InlineData("interface I { [ReplaceWith(\"Other(out {x})\")] bool Old(out int x); bool Other(out int x); }")]
    [InlineData("[ReplaceWith(\"New({i})\")] int this[int i] { get { return i; } }")]
    [InlineData("[ReplaceWith(\"New({x})\")] int Old(int x) => x;")]
    [InlineData("[ReplaceWith(\"{this}.New({x})\")] int Old(int x) { return x; }")]
    [InlineData("[ReplaceWith(\"Ref(ref {x}, out {y})\")] int Old(ref int x, out int y) => y = x;")]
    [InlineData("[ReplaceWith(\"Ref({x}, {y})\")] int Old(ref int x, out int y) => y = x;")]
    [InlineData("[ReplaceWith(\"new System.Collections.Generic.List<{T}> { {x} }\")] object Old<T>(T x) => x!;")]
    [InlineData("[ReplaceWith(\"StringBuilder.Equals({a}, {b})\", Imports = new[] { \"System.Text\" })] static bool Old(object a, object b) => a == b;")]
    [InlineData("[ReplaceWith(\"Made\")] C(int x) { }")]
    [InlineData("[ReplaceWith(\"Made\")] C Old { get { return this; } }")]
    [InlineData("[ReplaceWith(\"Made\")] C Old { get; set; } = null!;")]
    [InlineData("[ReplaceWith(\"Made\")] C _old = null!;")]
    [InlineData("[ReplaceWith(\"New({@class})\")] int Old(int @class) => @class;")]
    public async Task GoodTemplate_HasNoFinding(string member) => Assert.Empty(await FindErrorsAsync(member));

    [Theory]
    [InlineData("[ReplaceWith(\"New(1)\")] event System.Action E { add { } remove { } }")]
    [InlineData("[ReplaceWith(\"New(1)\")] class Inner { }")]
    [InlineData("[ReplaceWith(\"New(1)\")] public static C operator +(C a, C b) => a;")]
    public async Task OtherDeclarations_CannotHaveAReplacement(string member) =>
        Assert.Contains("only methods, constructors, properties, indexers and fields", Assert.Single(await FindErrorsAsync(member)).GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);

    [Fact]
    public async Task BrokenTemplate_ChangesNoUse() =>
        Assert.Empty(await FindAsync(Project("", Frame("[ReplaceWith(\"New({z})\")] int Old(int x) => x; int M() => Old(1);"), isAssembly: false)));

    private static async Task<System.Collections.Immutable.ImmutableArray<Microsoft.CodeAnalysis.Diagnostic>> FindErrorsAsync(string member)
    {
        var project = Project("", Frame(member), isAssembly: false);
        await TestProject.AssertCompilesAsync(project, "with the template");
        return await FindAsync(project, new MK0902BadReplaceWithAnalyzer());
    }

    private static string Frame(string member) =>
        $"using MigrationKit; class C {{ {member} C() {{ }} int New(int x) => x; static C Made => new(); int Ref(ref int x, out int y) => y = x; }}";
}
