using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using MigrationKit.Analyzers;

namespace MigrationKit.Cli.Analysis;

/// <summary>How severe each rule is at the stage that <c>--target</c> names.</summary>
internal static class TargetSeverity
{
    private static readonly ImmutableDictionary<string, DiagnosticDescriptor> Rules =
        RuleCatalog.CreateAnalyzers().SelectMany(analyzer => analyzer.SupportedDiagnostics).ToImmutableDictionary(rule => rule.Id);

    /// <summary>The stages that <c>--target</c> takes, in order.</summary>
    public static ImmutableArray<string> Targets => MigrationStages.All;

    /// <summary>The severity of a project file rule, which compilers never report: what stops a project from building with V2 grows with the stage, the rest is advice at all of them.</summary>
    public static DiagnosticSeverity OfProjectRule(string rule, string target) => rule switch
    {
        ProjectRules.V1Reference or ProjectRules.TargetFramework => target == Targets[^1] ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
        ProjectRules.ConfiguredMemory => DiagnosticSeverity.Warning,
        _ => DiagnosticSeverity.Info,
    };

    /// <summary>The severity for people, a dash when the rule is off.</summary>
    public static string Name(string rule, string target)
    {
        var severity = Rules.TryGetValue(rule, out var descriptor) ? MigrationStages.SeverityOf(descriptor, target)
            : ProjectRules.All.Any(known => known.Id == rule) ? OfProjectRule(rule, target)
            : DiagnosticSeverity.Warning;
        return severity switch
        {
            null => "-",
            DiagnosticSeverity.Error => "error",
            DiagnosticSeverity.Info => "info",
            _ => "warning",
        };
    }

    /// <summary>The options of a project, at a stage: what compilers pass of its MSBuild property. The project's <c>.editorconfig</c> wins, as it does in a build.</summary>
    public static AnalyzerOptions Apply(AnalyzerOptions options, string target) =>
        new(options.AdditionalFiles, new StageProvider(options.AnalyzerConfigOptionsProvider, target));

    private sealed class StageProvider(AnalyzerConfigOptionsProvider project, string target) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new StageOptions(project.GlobalOptions, target);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => project.GetOptions(tree);

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => project.GetOptions(textFile);
    }

    private sealed class StageOptions(AnalyzerConfigOptions project, string target) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
        {
            if (!KeyComparer.Equals(key, MigrationStages.ProjectOption))
                return project.TryGetValue(key, out value);

            value = target;
            return true;
        }
    }
}
