using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using MigrationKit.Cli.Analysis;
using MigrationKit.Cli.Writing;

namespace MigrationKit.Cli.Reporting;

/// <summary>Workflow commands that GitHub Actions shows as annotations on the lines of a pull request.</summary>
/// <remarks>Form and escaping: docs.github.com, "Workflow commands for GitHub Actions"; the escaping of the runner's own toolkit, actions/toolkit, command.ts.</remarks>
internal static class GitHubReport
{
    /// <summary>How many annotations of one kind GitHub shows per step.</summary>
    private const int Shown = 10;

    public static string Of(MigrationReport report)
    {
        var result = new StringBuilder();
        var root = GitRepository.Find(report.Input.Folder)?.Root ?? report.Input.Folder;
        // What is fixed is in the diff, what is in the baseline is accepted; GitHub keeps the first ones, so the severe go first.
        var left = report.Findings.Where(f => f.Status != FindingStatus.Fixed && !f.IsInBaseline).OrderByDescending(f => f.Severity).ToList();
        foreach (var finding in left)
        {
            var reason = finding.Reason is null ? "" : $" [{ReportNames.Of(finding.Status)}: {finding.Reason}]";
            result.Append(CultureInfo.InvariantCulture, $"::{Command(finding.Severity)} file={Property(Path.GetRelativePath(root, finding.File).Replace('\\', '/'))}")
                .Append(CultureInfo.InvariantCulture, $",line={finding.Line},col={finding.Column},title={Property(finding.Rule)}::{Data(finding.Message + reason)}\n");
        }

        foreach (var (kind, count) in left.GroupBy(f => Command(f.Severity)).Select(g => (g.Key, g.Count())).Where(g => g.Item2 > Shown))
            result.Append(CultureInfo.InvariantCulture, $"{count} annotations of the kind '{kind}'; GitHub shows the first {Shown} of a step, the log and the other formats hold all\n");
        foreach (var note in report.Notes)
            result.Append(CultureInfo.InvariantCulture, $"::notice title=migrationkit::{Data(note)}\n");
        result.Append(TextReport.Summary(report)).Append('\n');
        return result.ToString();
    }

    private static string Command(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Error => "error",
        DiagnosticSeverity.Warning => "warning",
        _ => "notice",
    };

    // The percent sign first: the others bring percent signs of their own.
    private static string Data(string text) =>
        text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) =>
        Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
