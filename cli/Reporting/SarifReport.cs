using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using MigrationKit.Analyzers;
using MigrationKit.Cli.Analysis;
using MigrationKit.Cli.Loading;
using MigrationKit.Cli.Writing;
using Finding = MigrationKit.Cli.Analysis.Finding;

namespace MigrationKit.Cli.Reporting;

/// <summary>SARIF 2.1.0, as code scanning services and editors read it.</summary>
/// <remarks>Section numbers are those of the OASIS standard, docs.oasis-open.org/sarif/sarif/v2.1.0.</remarks>
internal sealed class SarifReport
{
    private const string RootId = "SRCROOT";

    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly MigrationReport _report;
    private readonly string _root;
    private readonly ImmutableDictionary<string, FileEdits> _edits;
    private readonly Dictionary<string, int> _ruleIndex;

    private SarifReport(MigrationReport report)
    {
        _report = report;
        // Code scanning matches paths against the repository, not against the solution.
        _root = GitRepository.Find(report.Input.Folder)?.Root ?? report.Input.Folder;
        _edits = FileEdits.Of(report.Changes);
        _ruleIndex = report.Rules.Select((rule, index) => (rule.Id, index)).ToDictionary(r => r.Id, r => r.index, StringComparer.Ordinal);
    }

    public static string Of(MigrationReport report) => new SarifReport(report).Log().ToJsonString(Format);

    private JsonObject Log() => new()
    {
        ["$schema"] = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        ["version"] = "2.1.0",
        ["runs"] = new JsonArray(new JsonObject
        {
            ["tool"] = new JsonObject
            {
                ["driver"] = new JsonObject
                {
                    ["name"] = Tool.Name,
                    ["semanticVersion"] = Tool.Version,
                    ["informationUri"] = RuleIds.HelpLink("README"), // the list of rules
                    ["rules"] = Array(_report.Rules, Rule),
                },
            },
            ["invocations"] = new JsonArray(Invocation()),
            ["originalUriBaseIds"] = new JsonObject { [RootId] = new JsonObject { ["uri"] = new Uri(_root + Path.DirectorySeparatorChar).AbsoluteUri } },
            ["columnKind"] = "utf16CodeUnits",
            ["results"] = Array(_report.Findings, Result),
            ["properties"] = new JsonObject
            {
                ["found"] = _report.Findings.Length,
                ["fixed"] = _report.Count(FindingStatus.Fixed),
                ["manual"] = _report.Count(FindingStatus.Manual),
                ["unverified"] = _report.Count(FindingStatus.Unverified),
                ["skipped"] = _report.Skipped,
            },
        }),
    };

    private JsonObject Rule(RuleDescription rule) => new()
    {
        ["id"] = rule.Id,
        ["shortDescription"] = Message(rule.Title),
        ["fullDescription"] = Message(rule.Description.Length > 0 ? rule.Description : rule.Title),
        ["help"] = Help(rule),
        ["helpUri"] = RuleIds.HelpLink(rule.Id),
        ["defaultConfiguration"] = TargetSeverity.Name(rule.Id, _report.Options.Target) switch
        {
            "-" => new JsonObject { ["enabled"] = false },
            "info" => new JsonObject { ["level"] = "note" },
            var severity => new JsonObject { ["level"] = severity },
        },
    };

    // Code scanning shows the page beside the result; other viewers show the sentence.
    private static JsonObject Help(RuleDescription rule)
    {
        var help = Message($"{(rule.Description.Length > 0 ? rule.Description : rule.Title)} See {RuleIds.HelpLink(rule.Id)}");
        if (RulePage.Of(rule.Id) is { } page)
            help["markdown"] = page;
        return help;
    }

    private JsonObject Invocation() => new()
    {
        ["executionSuccessful"] = true,
        ["exitCode"] = (int)_report.ExitCode,
        ["toolExecutionNotifications"] = new JsonArray(
        [
            .. _report.Notes.Select(note => new JsonObject { ["level"] = "note", ["message"] = Message(note) }),
            .. _report.NotAnalysable.Select(NotAnalysed),
        ]),
    };

    private JsonObject NotAnalysed(UnanalysedFile file) => new()
    {
        ["level"] = "note",
        ["message"] = Message($"Not analysed: {file.Why}"),
        ["locations"] = new JsonArray(new JsonObject
        {
            ["physicalLocation"] = new JsonObject { ["artifactLocation"] = Artifact(Path.GetFullPath(Path.Combine(_report.Input.Folder, file.File))) },
        }),
    };

    private JsonObject Result(Finding finding)
    {
        var result = new JsonObject
        {
            ["ruleId"] = finding.Rule,
            ["ruleIndex"] = _ruleIndex[finding.Rule],
            ["level"] = finding.Severity switch { DiagnosticSeverity.Error => "error", DiagnosticSeverity.Warning => "warning", _ => "note" },
            ["message"] = Message(finding.Reason is null ? finding.Message : $"{finding.Message}. {finding.Reason}"),
            ["locations"] = new JsonArray(new JsonObject
            {
                ["physicalLocation"] = new JsonObject
                {
                    ["artifactLocation"] = Artifact(finding.File),
                    ["region"] = new JsonObject { ["startLine"] = finding.Line, ["startColumn"] = finding.Column },
                },
            }),
            ["partialFingerprints"] = new JsonObject { ["migrationkitSite/v1"] = Fingerprint(finding) },
            ["properties"] = new JsonObject { ["status"] = ReportNames.Of(finding.Status), ["safety"] = finding.Safety },
        };
        if (finding.Status == FindingStatus.Fixed && _edits.TryGetValue(finding.File, out var edits) && edits.At(finding.Line) is { } edit)
            result["fixes"] = new JsonArray(Fix(finding.File, edit));
        if (_report.Options.Baseline is not null) // 3.27.23: once one result has suppressions, all have
            result["suppressions"] = finding.IsInBaseline ? new JsonArray(new JsonObject { ["kind"] = "external", ["status"] = "accepted", ["justification"] = "in the baseline" }) : new JsonArray();
        if (_report.Options is { Fix: true, DryRun: false }) // what a run has fixed is no longer there
            result["baselineState"] = finding.Status == FindingStatus.Fixed ? "absent" : "unchanged";
        return result;
    }

    private JsonObject Fix(string file, LineEdit edit)
    {
        var end = edit.Line + edit.Removed.Length;
        // A region may not reach beyond the last line: where that has no end of its own, it ends after its last character.
        var region = new JsonObject { ["startLine"] = edit.Line + 1, ["startColumn"] = 1 };
        (region["endLine"], region["endColumn"]) = edit.Removed is [.., var last] && !last.EndsWith('\n') ? (end, last.Length + 1) : (end + 1, 1);
        return new()
        {
            ["artifactChanges"] = new JsonArray(new JsonObject
            {
                ["artifactLocation"] = Artifact(file),
                ["replacements"] = new JsonArray(new JsonObject { ["deletedRegion"] = region, ["insertedContent"] = Message(string.Concat(edit.Added)) }),
            }),
        };
    }

    private JsonObject Artifact(string file)
    {
        var relative = Path.GetRelativePath(_root, file);
        return relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative)
            ? new() { ["uri"] = new Uri(file).AbsoluteUri }
            : new() { ["uri"] = string.Join('/', relative.Split(Path.DirectorySeparatorChar).Select(Uri.EscapeDataString)), ["uriBaseId"] = RootId };
    }

    private string Fingerprint(Finding finding) => SourceFile.Hash(Encoding.UTF8.GetBytes(string.Join(
        '\n', finding.Rule, Path.GetRelativePath(_root, finding.File).Replace('\\', '/'), finding.SiteText, finding.Occurrence.ToString(CultureInfo.InvariantCulture))));

    private static JsonObject Message(string text) => new() { ["text"] = text };

    private static JsonArray Array<T>(IEnumerable<T> items, Func<T, JsonObject> write) => [.. items.Select(write)];
}
