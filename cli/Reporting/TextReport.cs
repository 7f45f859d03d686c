using System.Globalization;
using MigrationKit.Cli.Analysis;
using MigrationKit.Cli.Loading;
using MigrationKit.Cli.Verification;
using MigrationKit.Cli.Writing;
using Spectre.Console;

namespace MigrationKit.Cli.Reporting;

/// <summary>The report for people.</summary>
internal sealed class TextReport(IAnsiConsole console, Verbosity verbosity, bool timings)
{
    public void Write(MigrationReport report)
    {
        if (report.Options is { Fix: true, DryRun: true })
            WriteDiff(report);
        if (verbosity != Verbosity.Quiet)
        {
            WriteFindings(report);
            WriteRules(report);
            WriteFiles(report);
            WriteNotAnalysable(report);
        }

        WriteSummary(report);
        foreach (var step in verbosity == Verbosity.Quiet ? [] : report.NextSteps)
            Line($"Next: {step}");
        if (timings || verbosity == Verbosity.Detailed)
            WriteTimings(report);
    }

    private void WriteDiff(MigrationReport report)
    {
        var root = GitRepository.Find(report.Input.Folder)?.Root ?? report.Input.Folder;
        foreach (var change in report.Changes)
        {
            var path = Path.GetRelativePath(root, change.Path).Replace('\\', '/');
            foreach (var line in LineEndings(UnifiedDiff.Of(path, TextOf(change.Path, change.Before), TextOf(change.Path, change.After)!)))
                Raw(line, line is ['+', ..] ? "green" : line is ['-', ..] ? "red" : null);
        }
    }

    // What is fixed needs no attention; a list of hundreds would hide what does.
    private void WriteFindings(MigrationReport report)
    {
        foreach (var finding in report.Findings.Where(f => f.Status != FindingStatus.Fixed || f.CountsAsReview || verbosity == Verbosity.Detailed))
        {
            var status = finding.Status == FindingStatus.Fixed ? finding.CountsAsReview ? "review" : "fixed" : finding.Status.ToString().ToLowerInvariant();
            Line($"{report.Input.Relative(finding.File)}({finding.Line},{finding.Column}): {finding.Severity.ToString().ToLowerInvariant()} {finding.Rule}: "
                + $"{finding.Message} [{status}{(finding.Reason is null ? "" : $": {finding.Reason}")}]");
        }
    }

    private void WriteRules(MigrationReport report)
    {
        if (report.Findings.IsEmpty)
            return;
        var table = PlainTable.Create();
        foreach (var heading in new[] { "Rule", "Found", "Fixed", "Review", "Manual", "Unverified", report.Options.Fix ? "Skipped" : "Open" })
            table.AddColumn(new TableColumn(heading) { NoWrap = true });
        foreach (var rule in report.Findings.GroupBy(f => f.Rule).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            int Count(params FindingStatus[] statuses) => rule.Count(f => statuses.Contains(f.Status));
            table.AddRow(
                new[]
                {
                    rule.Count(), Count(FindingStatus.Fixed), rule.Count(f => f.CountsAsReview), Count(FindingStatus.Manual), Count(FindingStatus.Unverified),
                    Count(FindingStatus.Skipped, FindingStatus.Open),
                }.Select(n => n.ToString(CultureInfo.InvariantCulture)).Prepend(rule.Key).ToArray());
        }

        console.Write(table);
    }

    private void WriteFiles(MigrationReport report)
    {
        foreach (var change in report.Changes)
        {
            var (added, removed) = UnifiedDiff.Count(TextOf(change.Path, change.Before), TextOf(change.Path, change.After)!);
            Line($"{(report.Options.DryRun ? "would write" : "wrote")} {report.Input.Relative(change.Path)} +{added} -{removed}{(change.Before is null ? " (new)" : "")}");
        }
    }

    private static string? TextOf(string path, byte[]? bytes) => bytes is null ? null : SourceFile.Decode(path, bytes).Text;

    private void WriteNotAnalysable(MigrationReport report)
    {
        foreach (var file in report.NotAnalysable)
            Line($"not analysed: {file.File}: {file.Why}");
        foreach (var note in report.Notes)
            Line($"note: {note}");
    }

    private void WriteSummary(MigrationReport report)
    {
        Line($"{report.Projects} projects, {report.Files} C# files: found {report.Findings.Length}"
            + (report.Options.Fix
                ? $", fixed {report.Count(FindingStatus.Fixed)} ({report.Findings.Count(f => f.CountsAsReview)} to review), manual {report.Count(FindingStatus.Manual)}, "
                    + $"unverified {report.Count(FindingStatus.Unverified)}, skipped {report.Skipped}, {report.Changes.Length} files "
                    + $"{(report.Options.DryRun ? "would change" : "changed")}"
                : $", {report.Count(FindingStatus.Open)} with a fix, {report.Count(FindingStatus.Manual)} manual"));
        if (report.Verification is { } verified)
            Line(verified.ErrorsWithV1 > 0 ? $"compiles: no, {Errors(verified.ErrorsWithV1)} there before" : Compiles(verified));
        else if (report.Options is { Fix: true, NoVerify: true } && !report.Changes.IsEmpty)
            Line("compiles: not verified (--no-verify)");
        if (report.RunId is { } id)
            Line($"run {id}");
        if (report.Options is { Output: { } output, DryRun: false })
            Line($"result in {output}");
    }

    private void WriteTimings(MigrationReport report)
    {
        foreach (var (stage, cost) in report.Timings)
            Line(string.Create(CultureInfo.InvariantCulture, $"{stage,-8}{cost.Time.TotalSeconds,8:0.00} s {cost.PeakBytes >> 20,6} MiB"));
    }

    private static string Compiles(VerificationResult verified) =>
        verified.ErrorsWithoutV1 == 0
            ? $"compiles: yes ({verified.Projects} projects against V2 without V1's names)"
            : $"compiles: yes ({verified.Projects} projects against V2; V1's obsolete names are still used, without them {Errors(verified.ErrorsWithoutV1)})";

    private static string Errors(int count) => count == 1 ? "1 error" : $"{count} errors";

    private static IEnumerable<string> LineEndings(string diff) => diff.Split('\n')[..^1];

    private void Line(string text) => Raw(text, null);

    // Never wrapped: programs read this too.
    private void Raw(string text, string? colour)
    {
        if (colour is null || !console.Profile.Capabilities.Ansi)
            console.Profile.Out.Writer.Write(text + "\n");
        else
            console.Profile.Out.Writer.Write($"\u001b[{(colour == "green" ? 32 : 31)}m{text}\u001b[0m\n");
    }
}
