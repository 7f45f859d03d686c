using System.Collections.Immutable;
using MigrationKit.Cli.Analysis;
using MigrationKit.Cli.Loading;
using MigrationKit.Cli.ProjectFiles;
using MigrationKit.Cli.Reporting;
using MigrationKit.Cli.Writing;
using VoiceForge;

namespace MigrationKit.Cli.Doctor;

/// <summary>The guides' lists for after a migration, answered by <c>check</c>, the runtime's diagnosis and what a running program recorded.</summary>
/// <param name="engine">The rules.</param>
/// <param name="options">Those of a <c>check</c>.</param>
/// <param name="progress">Told what the run is at.</param>
internal sealed class PostMigration(RuleEngine engine, MigrationOptions options, Action<string> progress)
{
    private static readonly string[] OldNames = ["MK0001", "MK0002", "MK0003", "MK0101", "MK0103", "MK0107", "MK0111"];
    private static readonly string[] Results = ["MK0102", "MK0104"];
    private static readonly string[] ConfiguredTypes = ["VoiceForgeAppV2", "AudioStreamV2"];

    public async Task<ImmutableArray<DiagnosticCheck>> RunAsync(CancellationToken cancellationToken)
    {
        // All rules, whatever is selected for daily use: the list is about the whole migration.
        var report = await new Migrator(engine, progress).RunAsync(options with { Rules = RuleFilter.All, Files = FileFilter.All }, cancellationToken);
        var programs = Programs(report);
        return
        [
            Findings(report, "references", "every reference is to V2", [ProjectRules.V1Reference, ProjectRules.TargetFramework]),
            Findings(report, "old names", "no V1 type, member or parameter is named", OldNames),
            Findings(report, "return values", "every Start, Initialize and Read is checked", Results),
            Findings(report, "other findings", "no rule reports anything", [.. report.Findings.Select(f => f.Rule)
                .Where(rule => !rule.StartsWith("MKP", StringComparison.Ordinal) && !OldNames.Contains(rule) && !Results.Contains(rule)).Distinct()]),
            Findings(report, "entry points", "nothing starts V1", [ProjectRules.V1EntryPoint]),
            Findings(report, "deployment", "no container file, workflow, script or README names V1", [ProjectRules.V1Mention]),
            NotAnalysed(report),
            .. programs.SelectMany(Runtime),
            Rollback(report.Input),
            new("tests", DiagnosticStatus.NotMeasured, "your tests were not run", "they pass", "run 'dotnet test', and listen to what the program says"),
        ];
    }

    private static DiagnosticCheck Findings(MigrationReport report, string name, string limit, IReadOnlyCollection<string> rules)
    {
        var found = report.Findings.Where(f => rules.Contains(f.Rule)).ToList();
        return found.Count == 0
            ? new(name, DiagnosticStatus.Pass, $"0 findings in {report.Files} files", limit, null)
            : new(
                name, found.All(f => f.Severity < Microsoft.CodeAnalysis.DiagnosticSeverity.Warning) ? DiagnosticStatus.Warning : DiagnosticStatus.Fail,
                $"{found.Count} findings, the first {found[0].Rule} in {report.Input.Relative(found[0].File)}({found[0].Line}): {found[0].Message}", limit,
                "run 'migrationkit fix', and change by hand what it leaves; 'migrationkit check' lists all");
    }

    private static DiagnosticCheck NotAnalysed(MigrationReport report) => report.NotAnalysable.IsEmpty
        ? new("other code", DiagnosticStatus.Pass, "no file with V1's names was left out", "nothing that no rule can look at", null)
        : new(
            "other code", DiagnosticStatus.Warning, string.Join(", ", report.NotAnalysable.Select(file => $"{file.File} ({file.Why})")),
            "nothing that no rule can look at", "look through these files by hand");

    private static ImmutableArray<string> Programs(MigrationReport report) =>
    [
        .. SolutionProjects.Of(report.Input).Where(project => File.Exists(project) && project.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase))
            .Select(ProjectOutline.Read)
            .Where(outline => outline.ProjectText.Contains("Exe</OutputType>", StringComparison.OrdinalIgnoreCase))
            .Where(outline => outline.Sources.Any(source => SourceFile.Read(source).Text is var text && ConfiguredTypes.Any(type => text.Contains(type, StringComparison.Ordinal))))
            .Select(outline => outline.File),
    ];

    private static IEnumerable<DiagnosticCheck> Runtime(string project)
    {
        const string limit = "beside the program, valid";
        var folder = Path.GetDirectoryName(project)!;
        var file = Path.Combine(folder, ConfiguredMemory.FileName);
        var name = $"config.yaml of {Path.GetFileNameWithoutExtension(project)}";
        VoiceForgeConfig config;
        try
        {
            config = VoiceForgeConfig.Load(file);
        }
        catch (Exception e) when (e is VoiceForgeConfigException or FileNotFoundException)
        {
            return [new(name, DiagnosticStatus.Fail, e is FileNotFoundException ? $"'{file}' does not exist" : e.Message, limit, "'migrationkit config init' in that folder writes one")];
        }

        var health = HealthFile.Newest(folder);
        return
        [
            new(name, DiagnosticStatus.Pass, file, limit, null),
            .. VoiceForgeDiagnostics.Run(config, folder).Checks.Select(check => check with { Name = $"diagnostic: {check.Name}" }),
            .. health.Checks(config.Processing.TargetLatencyMs),
        ];
    }

    private static DiagnosticCheck Rollback(InputPath input)
    {
        const string limit = "a way back: a git repository or a run that can be undone";
        var repository = GitRepository.Find(input.Folder);
        var runs = new RunStore(input.Folder).Ids().Count;
        return repository is not null || runs > 0
            ? new("way back", DiagnosticStatus.Pass, $"{(repository is null ? "no git repository" : $"git repository '{repository.Root}'")}, {runs} runs of migrationkit", limit, null)
            : new("way back", DiagnosticStatus.Warning, "neither a git repository nor a run of migrationkit", limit, "keep a copy of V1 until V2 has run for a day");
    }
}
