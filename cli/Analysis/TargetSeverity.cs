using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace MigrationKit.Cli.Analysis;

/// <summary>How severe each rule is at each stage of the migration: what the package's own <c>.globalconfig</c> of the stage says.</summary>
internal static partial class TargetSeverity
{
    // The command line's own rules stand in no .globalconfig: compilers never report them.
    private static readonly ImmutableDictionary<string, ReportDiagnostic> ProjectRulesBefore2 = Both(ReportDiagnostic.Warn);
    private static readonly ImmutableDictionary<string, ReportDiagnostic> ProjectRulesFrom2 = Both(ReportDiagnostic.Error);

    private static readonly Lazy<ImmutableDictionary<string, ImmutableDictionary<string, ReportDiagnostic>>> Stages =
        new(() => Targets!.ToImmutableDictionary(target => target, Read));

    /// <summary>The stages that <c>--target</c> takes, in order.</summary>
    public static ImmutableArray<string> Targets { get; } = ["1.0", "1.5", "2.0"];

    /// <summary>The severity of a project file rule.</summary>
    public static DiagnosticSeverity Of(string rule, string target) =>
        Stages.Value[target][rule] == ReportDiagnostic.Error ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning;

    /// <summary>The severity for people, a dash when the rule is off.</summary>
    public static string Name(string rule, string target) => Stages.Value[target].GetValueOrDefault(rule, ReportDiagnostic.Warn) switch
    {
        ReportDiagnostic.Error => "error",
        ReportDiagnostic.Info => "info",
        ReportDiagnostic.Suppress => "-",
        _ => "warning",
    };

    /// <summary>The compiler options that give the analyzers the severities of a stage; what the project itself says about a rule wins.</summary>
    public static CompilationOptions Apply(CompilationOptions options, string target) =>
        options.WithSpecificDiagnosticOptions(
            options.SpecificDiagnosticOptions.AddRange(Stages.Value[target].Where(s => !options.SpecificDiagnosticOptions.ContainsKey(s.Key))));

    private static ImmutableDictionary<string, ReportDiagnostic> Both(ReportDiagnostic severity) =>
        ImmutableDictionary<string, ReportDiagnostic>.Empty.Add(ProjectRules.V1Reference, severity).Add(ProjectRules.TargetFramework, severity);

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
}
