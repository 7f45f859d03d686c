using System.Text;
using System.Text.Json;
using Microsoft.CodeAnalysis;
using MigrationKit.Cli.Analysis;

namespace MigrationKit.Cli.Reporting;

/// <summary>The report for programs; its schema is <c>docs/report.schema.json</c>.</summary>
internal static class JsonReport
{
    public static string Of(MigrationReport report)
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, new() { Indented = true }))
            Write(json, report);
        return Encoding.UTF8.GetString(memory.ToArray());
    }

    private static void Write(Utf8JsonWriter json, MigrationReport report)
    {
        json.WriteStartObject();
        json.WriteString("tool", Tool.Name);
        json.WriteString("version", Tool.Version);
        json.WriteString("path", report.Input.File.Replace('\\', '/'));
        json.WriteString("target", report.Options.Target);
        json.WriteStartArray("findings");
        foreach (var finding in report.Findings)
            Write(json, report, finding);
        json.WriteEndArray();

        json.WriteStartObject("coverage");
        json.WriteNumber("files", report.Files);
        json.WriteNumber("changed", report.Changes.Length);
        json.WriteStartArray("notAnalysable");
        foreach (var file in report.NotAnalysable)
        {
            json.WriteStartObject();
            json.WriteString("file", file.File);
            json.WriteString("why", file.Why);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();

        json.WriteStartObject("summary");
        json.WriteNumber("projects", report.Projects);
        json.WriteNumber("files", report.Files);
        json.WriteNumber("found", report.Findings.Length);
        json.WriteNumber("fixed", report.Count(FindingStatus.Fixed));
        json.WriteNumber("review", report.Findings.Count(f => f.CountsAsReview));
        json.WriteNumber("manual", report.Count(FindingStatus.Manual));
        json.WriteNumber("unverified", report.Count(FindingStatus.Unverified));
        json.WriteNumber("skipped", report.Skipped);
        json.WriteEndObject();

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

    private static void Write(Utf8JsonWriter json, MigrationReport report, Finding finding)
    {
        json.WriteStartObject();
        json.WriteString("rule", finding.Rule);
        json.WriteString("severity", finding.Severity switch
        {
            DiagnosticSeverity.Error => "error",
            DiagnosticSeverity.Warning => "warning",
            _ => "info",
        });
        json.WriteString("safety", finding.Safety);
        json.WriteString("file", report.Input.Relative(finding.File));
        json.WriteNumber("line", finding.Line);
        json.WriteNumber("column", finding.Column);
        json.WriteString("message", finding.Message);
        json.WriteString("status", finding.Status switch
        {
            FindingStatus.Open => "open",
            FindingStatus.Fixed => "fixed",
            FindingStatus.Manual => "manual",
            FindingStatus.Unverified => "unverified",
            _ => "skipped",
        });
        json.WriteString("reason", finding.Reason);
        json.WriteEndObject();
    }
}
