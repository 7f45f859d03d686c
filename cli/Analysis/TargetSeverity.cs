using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace MigrationKit.Cli.Analysis;

/// <summary>How severe each rule is at each stage of the migration: what the package's own <c>.globalconfig</c> of the stage says.</summary>
internal static partial class TargetSeverity
{
    // The command line's own rules stand in no .globalconfig: compilers never report them.
    private static readonly ImmutableDictionary<string, ReportDiagnostic> ProjectRulesBefore2 = ProjectRulesWith(ReportDiagnostic.Warn);
    private static readonly ImmutableDictionary<string, ReportDiagnostic> ProjectRulesFrom2 = ProjectRulesWith(ReportDiagnostic.Error);

    private static readonly Lazy<ImmutableDictionary<string, ImmutableDictionary<string, ReportDiagnostic>>> Stages =
        new(() => Targets!.ToImmutableDictionary(target => target, Read));

    /// <summary>The stages that <c>--target</c> takes, in order.</summary>
    public static ImmutableArray<string> Targets { get; } = ["1.0", "1.5", "2.0"];

    /// <summary>The severity of a project file rule.</summary>
    public static DiagnosticSeverity Of(string rule, string target) => Stages.Value[target][rule] switch
    {
        ReportDiagnostic.Error => DiagnosticSeverity.Error,
        ReportDiagnostic.Info => DiagnosticSeverity.Info,
        _ => DiagnosticSeverity.Warning,
    };

    /// <summary>The severity for people, a dash when the rule is off.</summary>
    public static string Name(string rule, string target) => Stages.Value[target].GetValueOrDefault(rule, ReportDiagnostic.Warn) switch
    {
        ReportDiagnostic.Error => "error",
        ReportDiagnostic.Info => "info",
        ReportDiagnostic.Suppress => "-",
        _ => "warning",
    };

    /// <summary>Gives the analyzers the severities of a stage; a line in the project's <c>.editorconfig</c> wins, as it does over the package's stage.</summary>
    public static Compilation Apply(Compilation compilation, string target) =>
        compilation.WithOptions(compilation.Options.WithSyntaxTreeOptionsProvider(new StageOptions(compilation.Options.SyntaxTreeOptionsProvider, Stages.Value[target])));

    // What stops a project from building with V2 grows with the stage; the rest is advice at all of them.
    private static ImmutableDictionary<string, ReportDiagnostic> ProjectRulesWith(ReportDiagnostic severity) =>
        ImmutableDictionary<string, ReportDiagnostic>.Empty
            .Add(ProjectRules.V1Reference, severity)
            .Add(ProjectRules.TargetFramework, severity)
            .Add(ProjectRules.ConfiguredMemory, ReportDiagnostic.Warn)
            .Add(ProjectRules.V1EntryPoint, ReportDiagnostic.Info)
            .Add(ProjectRules.V1Mention, ReportDiagnostic.Info);

    private static ImmutableDictionary<string, ReportDiagnostic> Read(string target)
    {
        using var stream = typeof(TargetSeverity).Assembly.GetManifestResourceStream($"Severity/{target}")!;
        using var reader = new StreamReader(stream);
        return Line().Matches(reader.ReadToEnd())
            .ToImmutableDictionary(
                m => m.Groups["rule"].Value,
                m => m.Groups["severity"].Value switch
                {
                    "error" => ReportDiagnostic.Error,
                    "warning" => ReportDiagnostic.Warn,
                    "none" => ReportDiagnostic.Suppress,
                    _ => ReportDiagnostic.Info,
                })
            .AddRange(target == "2.0" ? ProjectRulesFrom2 : ProjectRulesBefore2);
    }

    [GeneratedRegex(@"^\s*dotnet_diagnostic\.(?<rule>MK\d+)\.severity\s*=\s*(?<severity>\w+)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Line();

    /// <summary>Answers as a global configuration of the stage would, below what the project says file by file.</summary>
    private sealed class StageOptions(SyntaxTreeOptionsProvider? project, ImmutableDictionary<string, ReportDiagnostic> stage) : SyntaxTreeOptionsProvider
    {
        public override GeneratedKind IsGenerated(SyntaxTree tree, CancellationToken cancellationToken) =>
            project?.IsGenerated(tree, cancellationToken) ?? GeneratedKind.Unknown;

        public override bool TryGetDiagnosticValue(SyntaxTree tree, string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity)
        {
            severity = ReportDiagnostic.Default;
            return project?.TryGetDiagnosticValue(tree, diagnosticId, cancellationToken, out severity) == true;
        }

        public override bool TryGetGlobalDiagnosticValue(string diagnosticId, CancellationToken cancellationToken, out ReportDiagnostic severity) =>
            stage.TryGetValue(diagnosticId, out severity) || project?.TryGetGlobalDiagnosticValue(diagnosticId, cancellationToken, out severity) == true;
    }
}
