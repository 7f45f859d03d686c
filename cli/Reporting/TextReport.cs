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
                + $"{finding.Message} [{status}{(finding.Reason is null ? "" : $": {finding.Reason}")}]{(finding.IsInBaseline ? " [in the baseline]" : "")}");
        }
    }

    private void WriteRules(MigrationReport report)
    {
        if (report.Findings.IsEmpty)
            return;
        (string Heading, Func<Finding, bool> Counts)[] columns =
        [
            ("Found", _ => true),
            ("Fixed", f => f.Status == FindingStatus.Fixed),
            ("Review", f => f.CountsAsReview),
            ("Manual", f => f.Status == FindingStatus.Manual),
            ("Unverified", f => f.Status == FindingStatus.Unverified),
            (report.Options.Fix ? "Skipped" : "Open", f => f.Status is FindingStatus.Skipped or FindingStatus.Open),
            ("In baseline", f => f.IsInBaseline),
        ];
        var used = columns.Where(c => report.Findings.Any(c.Counts)).ToList(); // a column of zeros says nothing
        var table = PlainTable.Create();
        foreach (var heading in used.Select(c => c.Heading).Prepend("Rule"))
            table.AddColumn(new TableColumn(heading) { NoWrap = true });
        foreach (var rule in report.Findings.GroupBy(f => f.Rule).OrderBy(g => g.Key, StringComparer.Ordinal))
            table.AddRow(used.Select(c => rule.Count(c.Counts).ToString(CultureInfo.InvariantCulture)).Prepend(rule.Key).ToArray());
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
        foreach (var note in report.Notes.Where(n => n != report.PackageProblem)) // which the summary ends with
            Line($"note: {note}");
    }

    /// <summary>The line that every format for people ends with: found = fixed + manual + unverified + skipped.</summary>
    public static string Summary(MigrationReport report)
    {
        var review = report.Findings.Count(f => f.CountsAsReview);
        var accepted = report.Findings.Count(f => f.IsInBaseline);
        return $"{Number(report.Projects, "project")}, {Number(report.Files, "C# file")}: found {report.Findings.Length}"
            + $", fixed {report.Count(FindingStatus.Fixed)}{(report.Options.Fix ? $" ({review} to review)" : "")}, manual {report.Count(FindingStatus.Manual)}"
            + $", unverified {report.Count(FindingStatus.Unverified)}, skipped {report.Skipped}"
            + (report.Options.Fix ? $", {Number(report.Changes.Length, "file")} {(report.Options.DryRun ? "would change" : "changed")}" : report.Skipped > 0 ? " ('fix' fixes them)" : "")
            + (accepted > 0 ? $"; {accepted} of them in the baseline" : "");
    }

    private static string Number(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";

    private void WriteSummary(MigrationReport report)
    {
        Line(Summary(report));
        if (report.Verification is { } verified)
            Line(verified.ErrorsWithV1 > 0 ? $"compiles: no, {Errors(verified.ErrorsWithV1)} there before" : Compiles(verified));
        else if (report.Options is { Fix: true, NoVerify: true } && !report.Changes.IsEmpty)
            Line("compiles: not verified (--no-verify)");
        if (report.PackageProblem is { } problem)
            Line($"packages: {problem}");
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
            ? $"compiles: yes ({Number(verified.Projects, "project")} against V2 without V1's names)"
            : $"compiles: yes ({Number(verified.Projects, "project")} against V2; V1's obsolete names are still used, without them {Errors(verified.ErrorsWithoutV1)})";

    private static string Errors(int count) => Number(count, "error");

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
