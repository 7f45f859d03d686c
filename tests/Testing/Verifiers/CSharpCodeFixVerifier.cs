using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;
using Xunit;
using Xunit.Sdk;

namespace MigrationKit.Tests.Verifiers;

/// <summary>Verifies one analyzer and its fix in every state.</summary>
/// <remarks>
/// In S1 the findings are there and no fix is offered. In S2 and S3 the light bulb, used again and again until nothing is left, and Fix All must
/// both give the expected text, which must compile with and without V1. The code before must compile in S1 and S2.
/// </remarks>
public static class CSharpCodeFixVerifier<TAnalyzer, TFix>
    where TAnalyzer : DiagnosticAnalyzer, new()
    where TFix : CodeFixProvider, new()
{
    private const int MostLightBulbs = 60;

    /// <param name="before">Source with marks around each expected finding.</param>
    /// <param name="after">The source after the fix; the same text as <paramref name="before"/> without marks when no fix may be offered.</param>
    public static async Task VerifyCodeFixAsync(string before, string after, CodeState states = CodeState.All)
    {
        var markup = Markup.Parse(before);
        after = Markup.Parse(after).Source;
        if (states.HasFlag(CodeState.S1))
            await VerifyReportOnlyAsync(markup, CodeState.S1);
        if (states.HasFlag(CodeState.S2))
            await VerifyFixAsync(markup, after, CodeState.S2);
        if (states.HasFlag(CodeState.S3))
            await VerifyFixAsync(markup, after, CodeState.S3);
    }

    /// <summary>Verifies the findings alone; code without marks must have none.</summary>
    public static Task VerifyAnalyzerAsync(string source, CodeState states = CodeState.All) => CSharpAnalyzerVerifier<TAnalyzer>.VerifyAsync(source, states);

    private static async Task VerifyReportOnlyAsync(Markup markup, CodeState state)
    {
        var project = TestProject.Create(state, markup.Source);
        await TestProject.AssertCompilesAsync(project, $"before the fix, in {state}");
        foreach (var diagnostic in await CSharpAnalyzerVerifier<TAnalyzer>.FindAsync(project, markup, state))
            Assert.Empty(await FixesAsync(project.Documents.First(), diagnostic));
    }

    private static async Task VerifyFixAsync(Markup markup, string after, CodeState state)
    {
        var project = TestProject.Create(state, markup.Source);
        if (state == CodeState.S2)
            await TestProject.AssertCompilesAsync(project, "before the fix, in S2");
        await CSharpAnalyzerVerifier<TAnalyzer>.FindAsync(project, markup, state);

        var one = await FixOneByOneAsync(project.Documents.First());
        AssertText(after, one, $"light bulbs, {state}");
        var all = await FixAllAsync(project.Documents.First());
        AssertText(after, all, $"Fix All, {state}");

        if (after != markup.Source)
        {
            await TestProject.AssertCompilesAsync(TestProject.Create(CodeState.S2, after), "after the fix, in S2");
            await TestProject.AssertCompilesAsync(TestProject.Create(CodeState.S3, after), "after the fix, in S3");
        }
    }

    private static async Task<string> FixOneByOneAsync(Document document)
    {
        for (var round = 0; round < MostLightBulbs; round++)
        {
            var found = await TestProject.AnalyzeAsync(document.Project, [new TAnalyzer()]);
            CodeAction? action = null;
            foreach (var diagnostic in found)
                action ??= (await FixesAsync(document, diagnostic)).FirstOrDefault();
            if (action is null)
                break;

            var before = await document.GetTextAsync();
            document = await ApplyAsync(document, action);
            Assert.False(before.ContentEquals(await document.GetTextAsync()), $"'{action.Title}' was offered and changed nothing.");
        }

        return (await document.GetTextAsync()).ToString();
    }

    private static async Task<string> FixAllAsync(Document document)
    {
        var fix = new TFix();
        for (var round = 0; round < 5; round++)
        {
            var found = await TestProject.AnalyzeAsync(document.Project, [new TAnalyzer()]);
            var context = new FixAllContext(document, fix, FixAllScope.Document, fix.FixableDiagnosticIds[0], fix.FixableDiagnosticIds, new Diagnostics(found), default);
            if (await fix.GetFixAllProvider()!.GetFixAsync(context) is not { } action)
                break;

            var before = await document.GetTextAsync();
            document = await ApplyAsync(document, action);
            if (before.ContentEquals(await document.GetTextAsync()))
                break;
        }

        return (await document.GetTextAsync()).ToString();
    }

    private static async Task<Document> ApplyAsync(Document document, CodeAction action)
    {
        var operation = (await action.GetOperationsAsync(default)).OfType<ApplyChangesOperation>().Single();
        return operation.ChangedSolution.GetDocument(document.Id)!;
    }

    private static async Task<List<CodeAction>> FixesAsync(Document document, Diagnostic diagnostic)
    {
        var actions = new List<CodeAction>();
        await new TFix().RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), default));
        return actions;
    }

    private static void AssertText(string expected, string actual, string how)
    {
        if (expected != actual)
            throw new XunitException($"After {how}.\nExpected:\n{expected}\nActual:\n{actual}");
    }

    private sealed class Diagnostics(ImmutableArray<Diagnostic> found) : FixAllContext.DiagnosticProvider
    {
        public override Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>(found);

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>([]);

        public override Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>(found);
    }
}
