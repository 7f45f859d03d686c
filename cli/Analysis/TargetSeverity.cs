using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace MigrationKit.Cli.Analysis;

/// <summary>How severe each rule is at each stage of the migration.</summary>
internal static class TargetSeverity
{
    /// <summary>The stages that <c>--target</c> takes, in order.</summary>
    public static ImmutableArray<string> Targets { get; } = ["1.0", "1.5", "2.0"];

    // One letter a stage: off, info, warning, error.
    private static readonly ImmutableDictionary<string, string> Stages = new Dictionary<string, string>
    {
        ["MK0001"] = "wwe", ["MK0002"] = "wwe", ["MK0003"] = "wwe", ["MK0004"] = "--i", ["MK0005"] = "iww",
        ["MK0101"] = "wwe", ["MK0102"] = "www", ["MK0103"] = "wwe", ["MK0104"] = "www", ["MK0105"] = "iww",
        ["MK0106"] = "www", ["MK0107"] = "wwe", ["MK0108"] = "iww", ["MK0109"] = "www", ["MK0110"] = "www", ["MK0111"] = "wwe",
        ["MK0901"] = "www", ["MK0902"] = "eee", [ProjectRules.V1Reference] = "wwe", [ProjectRules.TargetFramework] = "wwe",
    }.ToImmutableDictionary();

    /// <summary>The severity of a project file rule.</summary>
    public static DiagnosticSeverity Of(string rule, string target) => Stages[rule][Targets.IndexOf(target)] switch
    {
        'e' => DiagnosticSeverity.Error,
        'w' => DiagnosticSeverity.Warning,
        _ => DiagnosticSeverity.Info,
    };

    /// <summary>The severity for people, a dash when the rule is off.</summary>
    public static string Name(string rule, string target) => Stages.GetValueOrDefault(rule, "www")[Targets.IndexOf(target)] switch
    {
        'e' => "error",
        'w' => "warning",
        'i' => "info",
        _ => "-",
    };

    /// <summary>The compiler options that give the analyzers the severities of a stage; what the project itself says about a rule wins.</summary>
    public static CompilationOptions Apply(CompilationOptions options, string target) =>
        options.WithSpecificDiagnosticOptions(
            options.SpecificDiagnosticOptions.AddRange(
                Stages.Where(s => !options.SpecificDiagnosticOptions.ContainsKey(s.Key))
                    .Select(s => KeyValuePair.Create(s.Key, Report(s.Value[Targets.IndexOf(target)])))));

    private static ReportDiagnostic Report(char stage) => stage switch
    {
        'e' => ReportDiagnostic.Error,
        'w' => ReportDiagnostic.Warn,
        'i' => ReportDiagnostic.Info,
        _ => ReportDiagnostic.Suppress,
    };
}
