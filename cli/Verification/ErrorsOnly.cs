using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MigrationKit.Cli.Verification;

/// <summary>A compilation that is asked for its errors alone does not follow which values can be null, unless the project makes errors of those warnings.</summary>
internal static class ErrorsOnly
{
    /// <summary>The compiler's switch, as <c>-features:run-nullable-analysis=never</c> sets it.</summary>
    private const string Feature = "run-nullable-analysis";

    /// <summary>What the identifiers of all warnings about null begin with; others do too.</summary>
    private static readonly string[] NullWarnings = ["CS8", "CS9"];

    private static readonly ConditionalWeakTable<Compilation, Compilation> Known = [];

    /// <summary>The compilation of a project, with the same declarations and the same errors.</summary>
    public static async Task<Compilation> OfAsync(Project project, CancellationToken cancellationToken)
    {
        var compilation = (await project.GetCompilationAsync(cancellationToken))!;
        if (Known.TryGetValue(compilation, out var known))
            return known;

        var result = await AreNullWarningsErrorsAsync(project, cancellationToken) ? compilation : WithoutNullAnalysis(compilation, cancellationToken);
        return Known.GetValue(compilation, _ => result);
    }

    private static Compilation WithoutNullAnalysis(Compilation compilation, CancellationToken cancellationToken) =>
        compilation.RemoveAllSyntaxTrees().AddSyntaxTrees(compilation.SyntaxTrees.Select(tree =>
        {
            var options = (CSharpParseOptions)tree.Options;
            return tree.WithRootAndOptions(tree.GetRoot(cancellationToken), options.WithFeatures([.. options.Features.Where(feature => !IsSwitch(feature.Key)), new(Feature, "never")]));
        }));

    private static async Task<bool> AreNullWarningsErrorsAsync(Project project, CancellationToken cancellationToken)
    {
        var options = project.CompilationOptions!;
        if (options.GeneralDiagnosticOption == ReportDiagnostic.Error
            || options.SpecificDiagnosticOptions.Any(option => option.Value == ReportDiagnostic.Error && NullWarnings.Any(start => option.Key.StartsWith(start, StringComparison.OrdinalIgnoreCase))))
            return true;

        foreach (var configuration in project.AnalyzerConfigDocuments)
        {
            var text = (await configuration.GetTextAsync(cancellationToken)).ToString();
            if (NullWarnings.Any(start => text.Contains(start, StringComparison.OrdinalIgnoreCase)))
                return true;
        }

        return false;
    }

    private static bool IsSwitch(string feature) => string.Equals(feature, Feature, StringComparison.OrdinalIgnoreCase);
}
