using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using MigrationKit.Cli;
using MigrationKit.Cli.Analysis;
using MigrationKit.Cli.Baselines;
using MigrationKit.Cli.Reporting;
using MigrationKit.Report.Tests.Infrastructure;
using NJsonSchema;

namespace MigrationKit.Report.Tests;

public sealed class SarifReportTests
{
    private static readonly Gen<string> Texts =
        from lines in Gen.Elements("a", "b", "", "  x", "ü𝄞").ListOf()
        from end in Gen.Elements("\n", "\r\n")
        from last in Gen.Elements(true, false)
        select string.Join(end, lines) + (last ? end : "");

    public static TheoryData<string> Runs { get; } = ["check", "dry run", "written", "nothing", "baseline"];

    [Theory]
    [MemberData(nameof(Runs))]
    public async Task Log_IsValidAgainstTheSchemaOfTheStandard(string run)
    {
        var options = new MigrationOptions { Path = Reports.Folder, Fix = run != "check", DryRun = run == "dry run" };
        var report = run == "nothing" ? Reports.Of([], [], options) : Reports.Small(options);
        if (run == "baseline")
            report = WithBaseline(report);

        Assert.Empty((await SchemaAsync()).Validate(SarifReport.Of(report)));
    }

    [Theory]
    [InlineData("\"columnKind\": \"utf16CodeUnits\"", "\"columnKind\": \"bytes\"")]
    [InlineData("\"ruleId\"", "\"ruleID\"")]
    [InlineData("\"startLine\": 2", "\"startLine\": 0")]
    [InlineData("\"version\": \"2.1.0\"", "\"version\": \"2.0.0\"")]
    public async Task OtherLog_ViolatesTheSchema(string right, string wrong)
    {
        var log = SarifReport.Of(Reports.Small());
        Assert.Contains(right, log, StringComparison.Ordinal);
        Assert.NotEmpty((await SchemaAsync()).Validate(log.Replace(right, wrong, StringComparison.Ordinal)));
    }

    [Fact]
    public void Results_HaveRelativeUrisRulesAndNotes()
    {
        var run = Run(Reports.Small());
        var first = run["results"]![0]!;
        var location = first["locations"]![0]!["physicalLocation"]!["artifactLocation"]!;
        Assert.Equal("A/Speech%201%2C5%3A%C3%BC.cs", (string?)location["uri"]);
        Assert.EndsWith("/migrationkit-no-such-folder/", (string)run["originalUriBaseIds"]![(string)location["uriBaseId"]!]!["uri"]!, StringComparison.Ordinal);
        var rule = run["tool"]!["driver"]!["rules"]![(int)first["ruleIndex"]!]!;
        Assert.Equal((string?)first["ruleId"], (string?)rule["id"]);
        Assert.EndsWith("/MK0003.md", (string)rule["helpUri"]!, StringComparison.Ordinal);
        Assert.StartsWith("# MK0003: ", (string)rule["help"]!["markdown"]!, StringComparison.Ordinal);
        Assert.Equal(["note", "note"], run["invocations"]![0]!["toolExecutionNotifications"]!.AsArray().Select(n => (string?)n!["level"]));
        Assert.Equal((4, 5), ((int)run["invocations"]![0]!["exitCode"]!, (int)run["properties"]!["found"]!));
    }

    [Fact]
    public void WrittenRun_CallsWhatItFixedAbsent()
    {
        var results = Run(Reports.Small(new() { Path = Reports.Folder, Fix = true }))["results"]!.AsArray();
        Assert.Equal(["absent", "absent", "unchanged", "unchanged", "unchanged"], results.Select(r => (string?)r!["baselineState"]));
    }

    [Fact]
    public void Baseline_SuppressesWhatItHoldsAndNothingElse()
    {
        var results = Run(WithBaseline(Reports.Small()))["results"]!.AsArray();
        Assert.Equal([0, 0, 1, 0, 0], results.Select(r => r!["suppressions"]!.AsArray().Count));
        Assert.Equal("accepted", (string?)results[2]!["suppressions"]![0]!["status"]);
    }

    [Fact]
    public void Fixes_AppliedFromTheLastToTheFirst_GiveTheNewText() =>
        Prop.ForAll(Texts.ToArbitrary(), Texts.ToArbitrary(), (before, after) =>
        {
            var findings = LineEdits.Of(before, after).Select(edit => Reports.Finding("A.cs", edit.Line + 1, FindingStatus.Fixed));
            var results = Run(Reports.Of(findings, [Reports.Change("A.cs", before, after)]))["results"]!.AsArray();
            var text = new StringBuilder(before);
            foreach (var replacement in results.Reverse().Select(r => r!["fixes"]![0]!["artifactChanges"]![0]!["replacements"]![0]!))
            {
                var region = replacement["deletedRegion"]!;
                var (from, to) = (Offset("start"), Offset("end"));
                text.Remove(from, to - from).Insert(from, (string)replacement["insertedContent"]!["text"]!);
                int Offset(string which) => LineEdits.Lines(before).Take((int)region[$"{which}Line"]! - 1).Sum(l => l.Length) + (int)region[$"{which}Column"]! - 1;
            }

            return text.ToString() == after;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Fingerprint_StaysWhenTheLineMoves()
    {
        string[] lines = ["x.Generate(a);", "x.Generate(a);", "y.Generate(a);"];
        var before = Fingerprints(lines);
        Assert.Equal(3, before.Distinct().Count());
        Assert.Equal(before, Fingerprints(["", "// new", .. lines.Select(l => "    " + l)], first: 3));

        static List<string?> Fingerprints(string[] lines, int first = 1)
        {
            var findings = Sites.Locate(Enumerable.Range(first, 3).Select(line => Reports.Finding("A.cs", line, FindingStatus.Open)), _ => lines);
            return Run(Reports.Of(findings, []))["results"]!.AsArray().Select(r => (string?)r!["partialFingerprints"]!["migrationkitSite/v1"]).ToList();
        }
    }

    private static MigrationReport WithBaseline(MigrationReport report)
    {
        using var folder = new BaselineFolder();
        var baseline = folder.Read(FindingBaseline.Text([report.Findings[2]], Reports.Folder));
        return report with { Options = report.Options with { Baseline = baseline }, Findings = [.. report.Findings.Select((f, i) => f with { IsInBaseline = i == 2 })] };
    }

    private static JsonNode Run(MigrationReport report) => JsonNode.Parse(SarifReport.Of(report))!["runs"]![0]!;

    private static async Task<JsonSchema> SchemaAsync()
    {
        await using var stream = typeof(SarifReportTests).Assembly.GetManifestResourceStream("sarif-2.1.0.schema.json")!;
        using var reader = new StreamReader(stream);
        return await JsonSchema.FromJsonAsync(await reader.ReadToEndAsync());
    }
}
