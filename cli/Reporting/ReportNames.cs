using Microsoft.CodeAnalysis;
using MigrationKit.Cli.Analysis;

namespace MigrationKit.Cli.Reporting;

/// <summary>How reports for programs spell things.</summary>
internal static class ReportNames
{
    public static string Of(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        _ => "info",
    };

    public static string Of(FindingStatus status) => status switch
    {
        FindingStatus.Open => "open",
        FindingStatus.Fixed => "fixed",
        FindingStatus.Manual => "manual",
        FindingStatus.Unverified => "unverified",
        _ => "skipped",
    };
}
