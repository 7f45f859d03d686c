using MigrationKit.Analyzers;
using MigrationKit.Cli.Analysis;
using MigrationKit.Cli.Loading;
using Microsoft.CodeAnalysis;

namespace MigrationKit.Cli.Fixing;

/// <summary>Decides which values of the code go into which program's <c>config.yaml</c>, and refuses fixes for which that cannot be.</summary>
internal sealed class ProgramSettings(InputPath input, LoadedSolution loaded, MigrationOptions options)
{
    /// <summary>Whether a fix needs something to stand in <c>config.yaml</c>.</summary>
    public static bool Decides(Sighting sighting) => sighting.Diagnostic.Properties.ContainsKey(Facts.Settings);

    /// <summary>Gives findings that would leave a program without a right configuration their verdict.</summary>
    /// <param name="round">What a round is about to fix.</param>
    /// <param name="accepted">What earlier rounds fixed; gets what is left of <paramref name="round"/>.</param>
    public void Judge(IEnumerable<TrackedFinding> round, List<TrackedFinding> accepted)
    {
        var fresh = round.Where(finding => SettingsOf(finding).Count > 0).ToList();
        foreach (var finding in fresh)
        {
            if (options.NoPackages)
                finding.Verdict = (FindingStatus.Skipped, "--no-packages leaves config.yaml alone, which this fix needs");
            else if (ProgramsOf(finding).Count == 0)
                Refuse(finding, "no program of this solution reads a config.yaml that the value could be moved to");
        }

        foreach (var program in fresh.Where(IsOpen).SelectMany(ProgramsOf).Distinct().ToList())
        {
            var users = accepted.Concat(fresh).Where(finding => IsOpen(finding) && ProgramsOf(finding).Contains(program)).ToList();
            RefuseConflicts(users, fresh);
            RefuseWhatTheFileCannotHold(program, users, fresh);
        }

        accepted.AddRange(fresh.Where(IsOpen));
    }

    /// <summary>The settings that each program's file must hold for the findings that were fixed.</summary>
    public IReadOnlyDictionary<EvaluatedProject, IReadOnlyDictionary<string, string>> Required(FixResult result) =>
        result.Findings.Where(finding => !finding.IsAlive && SettingsOf(finding).Count > 0)
            .SelectMany(finding => ProgramsOf(finding).Select(program => (Program: program, Finding: finding)))
            .GroupBy(use => use.Program)
            .ToDictionary(uses => uses.Key, uses => Merge(uses.Select(use => use.Finding)));

    private static bool IsOpen(TrackedFinding finding) => finding.Verdict is null;

    private static void Refuse(TrackedFinding finding, string reason) => finding.Verdict ??= (FindingStatus.Manual, reason);

    private void RefuseConflicts(List<TrackedFinding> users, List<TrackedFinding> fresh)
    {
        foreach (var key in users.SelectMany(user => SettingsOf(user).Select(setting => (setting.Key, setting.Value, User: user))).GroupBy(use => use.Key).ToList())
        {
            if (key.DistinctBy(use => use.Value).Count() == 1)
                continue;
            var places = string.Join(", ", key.Select(use => $"{use.Value} in {input.Relative(use.User.Key.File)}({use.User.Key.Line + 1})"));
            foreach (var use in key.Where(use => fresh.Contains(use.User)))
                Refuse(use.User, $"one config.yaml cannot hold two values of '{key.Key}': {places}");
        }
    }

    private void RefuseWhatTheFileCannotHold(EvaluatedProject program, List<TrackedFinding> users, List<TrackedFinding> fresh)
    {
        while (users.Where(IsOpen).ToList() is { Count: > 0 } open && Compose(program, Merge(open)) is { Problem: { } problem } refused)
        {
            var blamed = open.Where(user => fresh.Contains(user) && (refused.Key is null || SettingsOf(user).ContainsKey(refused.Key))).ToList();
            if (blamed.Count == 0)
                return;
            foreach (var user in blamed)
                Refuse(user, problem);
        }
    }

    private static (string? Text, string? Problem, string? Key) Compose(EvaluatedProject program, IReadOnlyDictionary<string, string> settings) =>
        ConfigurationFile.Compose(program, settings, SourceFile.Read(program.File).Text);

    private static IReadOnlyDictionary<string, string> Merge(IEnumerable<TrackedFinding> findings) =>
        findings.SelectMany(SettingsOf).DistinctBy(setting => setting.Key).OrderBy(setting => setting.Key, StringComparer.Ordinal)
            .ToDictionary(setting => setting.Key, setting => setting.Value, StringComparer.Ordinal);

    private static Dictionary<string, string> SettingsOf(TrackedFinding finding) =>
        (finding.Seen.Diagnostic.Properties.GetValueOrDefault(Facts.Settings) ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split('=', 2))
            .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);

    /// <summary>The programs that run the code: its own, or those that use the library and read the file.</summary>
    private List<EvaluatedProject> ProgramsOf(TrackedFinding finding)
    {
        var own = loaded.Solution.GetDocumentIdsWithFilePath(finding.Seen.File).Select(document => document.ProjectId).ToHashSet();
        var graph = loaded.Solution.GetProjectDependencyGraph();
        var users = own.SelectMany(graph.GetProjectsThatTransitivelyDependOnThisProject).ToHashSet();
        return loaded.Projects
            .Where(project => project.Project.IsExecutable && (own.Contains(project.Id) || users.Contains(project.Id) && ReadsConfiguration(project)))
            .Select(project => project.Project)
            .DistinctBy(project => project.File)
            .ToList();
    }

    private bool ReadsConfiguration(LoadedProject project) =>
        File.Exists(ConfigurationFile.PathOf(project.Project))
        || loaded.Solution.GetProject(project.Id)!.Documents.Any(document =>
            document.FilePath is { } path && loaded.Sources.TryGetValue(path, out var source) && source.Text.Contains("VoiceForgeConfig.Load(", StringComparison.Ordinal));
}
