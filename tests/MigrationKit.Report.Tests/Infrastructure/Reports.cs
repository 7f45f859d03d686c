using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using MigrationKit.Analyzers;
using MigrationKit.Cli;
using MigrationKit.Cli.Analysis;
using MigrationKit.Cli.Loading;
using MigrationKit.Cli.Reporting;
using MigrationKit.Cli.Verification;
using MigrationKit.Cli.Writing;
using Finding = MigrationKit.Cli.Analysis.Finding;

namespace MigrationKit.Report.Tests.Infrastructure;

/// <summary>Reports as a run leaves them, made without one.</summary>
internal static class Reports
{
    public static readonly string Folder = Path.Combine(Path.GetTempPath(), "migrationkit-no-such-folder");

    private static readonly ImmutableArray<RuleDescription> Rules =
    [
        new("MK0001", "Load TtsModel with LoadModel", "The constructor is gone."),
        new("MK0003", "Use the new method names of TtsModel", ""),
        new("MKP001", "Reference the V2 package", "References to V1 become V2."),
    ];

    public static string At(string file) => Path.Combine(Folder, file.Replace('/', Path.DirectorySeparatorChar));

    public static Finding Finding(
        string file, int line, FindingStatus status, string rule = "MK0003", string safety = Facts.Safe, string message = "Call 'GenerateAudio' instead of 'Generate'",
        string? reason = null, DiagnosticSeverity severity = DiagnosticSeverity.Warning) =>
        new(rule, severity, safety, At(file), line, 5, message, status, reason) { SiteText = $"line {line}" };

    public static FileChange Change(string file, string? before, string after) =>
        new(At(file), before is null ? null : Encoding.UTF8.GetBytes(before), Encoding.UTF8.GetBytes(after));

    public static MigrationReport Of(IEnumerable<Finding> findings, IEnumerable<FileChange> changes, MigrationOptions? options = null)
    {
        var all = findings.ToImmutableArray();
        return new()
        {
            Input = new(At("App.sln"), Folder),
            Options = options ?? new() { Path = Folder, Fix = true, DryRun = true },
            Findings = all,
            Changes = [.. changes],
            Files = 12,
            Projects = 3,
            Rules = Rules,
            Timings = new Dictionary<string, StageCost> { ["load"] = new(TimeSpan.FromSeconds(1.5), 100L << 20) },
            ProjectOf = all.Select(f => f.File).Distinct().ToImmutableDictionary(f => f, f => Path.Combine(Path.GetDirectoryName(f)!, "Project.csproj")),
        };
    }

    /// <summary>One finding of every status, with text that no format may take for its own markup.</summary>
    public static MigrationReport Small(MigrationOptions? options = null) => Of(
        [
            Finding("A/Speech 1,5:ü.cs", 2, FindingStatus.Fixed),
            Finding("A/Speech 1,5:ü.cs", 3, FindingStatus.Fixed, safety: Facts.Review, reason: "the text of nameof changes"),
            Finding("B/Left.cs", 4, FindingStatus.Manual, "MK0001", Facts.Manual, "Not 100%\r\nsure: </script><img src=x onerror=alert(1)>", "a, b: <b>decide</b>", DiagnosticSeverity.Error),
            Finding("B/Left.cs", 9, FindingStatus.Unverified, reason: "CS1503: no"),
            Finding("B/Left.cs", 12, FindingStatus.Skipped, reason: "--safe-only leaves it alone"),
        ],
        [
            Change("A/Speech 1,5:ü.cs", "class C\n    a.Generate(x); // <b>\n    nameof(M.Generate);\n}", "class C\n    a.GenerateAudio(x); // <b>\n    nameof(M.GenerateAudio);\n}"),
            Change("A/config.yaml", null, "audio:\n  rate: 24000\n"),
        ],
        options) with
    {
        NotAnalysable = [new("B/Page.razor", "Razor: holds V1's names")],
        Notes = ["B was not restored"],
        Verification = new VerificationResult(2, 0, 1, []),
    };

    /// <summary>5,000 changes in 500 files of 10 projects.</summary>
    public static MigrationReport Large()
    {
        var findings = new List<Finding>();
        var changes = new List<FileChange>();
        for (var file = 0; file < 500; file++)
        {
            var name = $"P{file % 10}/File{file}.cs";
            var (before, after) = (new StringBuilder(), new StringBuilder());
            for (var change = 0; change < 10; change++)
            {
                before.Append(Filler).Append("model").Append(file).Append(".Generate(voice);\n");
                after.Append(Filler).Append("model").Append(file).Append(".GenerateAudio(voice);\n");
                findings.Add(Finding(name, (change + 1) * 20, FindingStatus.Fixed, change % 2 == 0 ? "MK0001" : "MK0003", change == 0 ? Facts.Review : Facts.Safe, reason: change == 0 ? "look" : null));
            }

            changes.Add(Change(name, before.ToString(), after.ToString()));
        }

        return Of(findings, changes);
    }

    private static readonly string Filler = string.Concat(Enumerable.Range(1, 19).Select(i => $"// line {i}\n"));
}
