using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.Text;
using MigrationKit.Analyzers;
using Xunit.Sdk;

namespace MigrationKit.Tests.Verifiers;

/// <summary>One-project solutions in memory, and what compiler and analyzers say of them.</summary>
public static class TestProject
{
    private static readonly MefHostServices Host = MefHostServices.Create(MefHostServices.DefaultAssemblies);

    /// <summary>A project with one document per source. Top-level statements make it a console application.</summary>
    public static Project Create(CodeState state, params string[] sources)
    {
        var workspace = new AdhocWorkspace(Host);
        var isConsole = sources.Any(source => CSharpSyntaxTree.ParseText(source).GetCompilationUnitRoot().Members.OfType<GlobalStatementSyntax>().Any());
        var project = workspace.AddProject("Test", LanguageNames.CSharp)
            .WithParseOptions(new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.Diagnose))
            .WithCompilationOptions(new CSharpCompilationOptions(isConsole ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
                nullableContextOptions: NullableContextOptions.Enable, allowUnsafe: true))
            .WithMetadataReferences(StateReferences.Of(state));
        for (var i = 0; i < sources.Length; i++)
            project = project.AddDocument($"Test{i}.cs", SourceText.From(sources[i])).Project;
        return project;
    }

    public static async Task<ImmutableArray<Diagnostic>> AnalyzeAsync(Project project, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        var compilation = await project.GetCompilationAsync() ?? throw new InvalidOperationException("No compilation.");
        Exception? thrown = null;
        var options = new CompilationWithAnalyzersOptions(
            new AnalyzerOptions([]), onAnalyzerException: (exception, _, _) => thrown = exception, concurrentAnalysis: false, logAnalyzerExecutionTime: false);
        // A rule that is off at the first stage is on where it is the one that is tested.
        if (analyzers is [{ SupportedDiagnostics: [{ Id: var rule } only] }] && MigrationStages.SeverityOf(only, MigrationStages.All[0]) is null)
            compilation = compilation.WithOptions(compilation.Options.WithSpecificDiagnosticOptions([new(rule, ReportDiagnostic.Info)]));
        var diagnostics = await compilation.WithAnalyzers(analyzers, options).GetAnalyzerDiagnosticsAsync();
        if (thrown is not null)
            throw new XunitException($"An analyzer threw: {thrown}");
        return [.. diagnostics.OrderBy(d => d.Location.SourceTree?.FilePath, StringComparer.Ordinal).ThenBy(d => d.Location.SourceSpan.Start).ThenBy(d => d.Id, StringComparer.Ordinal)];
    }

    /// <summary>Fails with the compiler's messages when the project does not compile.</summary>
    public static async Task AssertCompilesAsync(Project project, string when)
    {
        var compilation = await project.GetCompilationAsync() ?? throw new InvalidOperationException("No compilation.");
        var errors = compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).ToList();
        if (errors.Count > 0)
        {
            var source = (await project.Documents.First().GetTextAsync()).ToString();
            throw new XunitException($"Does not compile {when}:\n{string.Join("\n", errors)}\n{source}");
        }
    }
}
