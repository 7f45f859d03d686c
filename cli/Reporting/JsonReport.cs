using System.Text;
using System.Text.Json;
using MigrationKit.Analyzers;
using MigrationKit.Cli.Analysis;
using Finding = MigrationKit.Cli.Analysis.Finding;

namespace MigrationKit.Cli.Reporting;

/// <summary>The report for programs, and what the HTML page shows; its schema is <c>docs/report.schema.json</c>.</summary>
internal static class JsonReport
{
    /// <returns>JSON that is safe inside an HTML <c>script</c> element: <c>&lt;</c>, <c>&gt;</c> and <c>&amp;</c> are escaped.</returns>
    public static string Of(MigrationReport report)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, new() { Indented = true, NewLine = "\n" }))
            Write(json, report);
        return Encoding.UTF8.GetString(memory.ToArray());
    }

    private static void Write(Utf8JsonWriter json, MigrationReport report)
    {
        var edits = FileEdits.Of(report.Changes);
        json.WriteStartObject();
        json.WriteString("tool", Tool.Name);
        json.WriteString("version", Tool.Version);
        json.WriteString("command", report.Options.Fix ? "fix" : "check");
        json.WriteBoolean("dryRun", report.Options.DryRun);
        json.WriteString("path", report.Input.File.Replace('\\', '/'));
        json.WriteString("target", report.Options.Target);
        json.WriteString("run", report.RunId);
        json.WriteString("compiles", report.Compiles switch { true => "yes", false => "no", null => null });
        WriteList(json, "findings", report.Findings, finding => Write(json, report, finding, edits.GetValueOrDefault(finding.File)));
        WriteList(json, "changes", report.Changes, change => Write(json, report, edits[change.Path]));

        json.WriteStartObject("coverage");
        json.WriteNumber("files", report.Files);
        json.WriteNumber("changed", report.Changes.Length);
        WriteList(json, "notAnalysable", report.NotAnalysable, file =>
        {
            json.WriteStartObject();
            json.WriteString("file", file.File);
            json.WriteString("why", file.Why);
            json.WriteEndObject();
        });
        json.WriteEndObject();

        WriteSummary(json, report);
        var reported = report.Findings.Select(f => f.Rule).ToHashSet(StringComparer.Ordinal);
        WriteList(json, "rules", report.Rules.Where(r => reported.Contains(r.Id)), rule =>
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Id);
            json.WriteString("title", rule.Title);
            json.WriteString("help", RuleIds.HelpLink(rule.Id));
            json.WriteEndObject();
        });
        WriteList(json, "notes", report.Notes, json.WriteStringValue);
        WriteList(json, "nextSteps", report.NextSteps, json.WriteStringValue);

        json.WriteStartObject("timings");
        foreach (var (stage, cost) in report.Timings)
        {
            json.WriteStartObject(stage);
            json.WriteNumber("seconds", Math.Round(cost.Time.TotalSeconds, 3));
            json.WriteNumber("peakMiB", cost.PeakBytes >> 20);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteSummary(Utf8JsonWriter json, MigrationReport report)
    {
        json.WriteStartObject("summary");
        json.WriteNumber("projects", report.Projects);
        json.WriteNumber("files", report.Files);
        json.WriteNumber("found", report.Findings.Length);
        json.WriteNumber("fixed", report.Count(FindingStatus.Fixed));
        json.WriteNumber("review", report.Findings.Count(f => f.CountsAsReview));
        json.WriteNumber("manual", report.Count(FindingStatus.Manual));
        json.WriteNumber("unverified", report.Count(FindingStatus.Unverified));
        json.WriteNumber("skipped", report.Skipped);
        json.WriteNumber("inBaseline", report.Findings.Count(f => f.IsInBaseline));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, MigrationReport report, Finding finding, FileEdits? edits)
    {
        json.WriteStartObject();
        json.WriteString("rule", finding.Rule);
        json.WriteString("severity", ReportNames.Of(finding.Severity));
        json.WriteString("safety", finding.Safety);
        json.WriteString("file", report.Input.Relative(finding.File));
        json.WriteString("project", report.ProjectOf.TryGetValue(finding.File, out var project) ? report.Input.Relative(project) : null);
        json.WriteNumber("line", finding.Line);
        json.WriteNumber("column", finding.Column);
        json.WriteString("message", finding.Message);
        json.WriteString("status", ReportNames.Of(finding.Status));
        json.WriteString("reason", finding.Reason);
        json.WriteBoolean("inBaseline", finding.IsInBaseline);
        json.WriteString("shape", finding.Status == FindingStatus.Fixed ? edits?.ShapeAt(finding.Line) : null);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, MigrationReport report, FileEdits file)
    {
        var path = report.Input.Relative(file.Change.Path);
        json.WriteStartObject();
        json.WriteString("file", path);
        json.WriteBoolean("new", file.Before is null);
        json.WriteNumber("added", file.Added);
        json.WriteNumber("removed", file.Removed);
        json.WriteString("diff", UnifiedDiff.Of(path, file.Before, file.After));
        json.WriteEndObject();
    }

    private static void WriteList<T>(Utf8JsonWriter json, string name, IEnumerable<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (var item in items)
            write(item);
        json.WriteEndArray();
    }
}
