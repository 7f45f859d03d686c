using Microsoft.CodeAnalysis;
using MigrationKit.Analyzers;
using MigrationKit.CodeFixes;
using MigrationKit.Generated.Model;
using MigrationKit.Generated.Rendering;
using MigrationKit.Generated.Running;
using MigrationKit.Tests.Verifiers;

namespace MigrationKit.Generated.Checking;

/// <summary>Migrates programs together and checks each.</summary>
public sealed class BatchCheck
{
    private readonly IReadOnlyList<(GeneratedProgram Program, string Name)> _programs;
    private readonly Dictionary<string, string> _before;
    private readonly Dictionary<string, List<Violation>> _violations;
    private readonly bool _isConsole;

    private BatchCheck(IReadOnlyList<GeneratedProgram> programs)
    {
        _programs = programs.Select((program, index) => (program, $"G{index}")).ToList();
        _before = _programs.ToDictionary(program => program.Name, program => ProgramRenderer.Render(program.Program, program.Name));
        _violations = _programs.ToDictionary(program => program.Name, _ => new List<Violation>());
        _isConsole = programs.Any(program => program.Place == Place.TopLevel);
    }

    /// <param name="programs">At most one has top-level statements.</param>
    /// <param name="allStates">Whether the packages alone (S1) and the runtime without V1 (S3) are starting points, too.</param>
    public static async Task<IReadOnlyList<Checked>> RunAsync(IReadOnlyList<GeneratedProgram> programs, bool allStates = false, Rewrite? rewrite = null)
    {
        var check = new BatchCheck(programs);
        return await check.RunAsync(rewrite ?? DocumentPass.ApplyAsync, allStates);
    }

    private async Task<IReadOnlyList<Checked>> RunAsync(Rewrite rewrite, bool allStates)
    {
        var project = Create(CodeState.S2, _before, _before.Keys);
        await CompileAsync(project, "compiles before");
        var before = Sound().Count() == _programs.Count ? RecordingLibraries.Emit((await project.GetCompilationAsync())!) : null;
        var migration = await Migration.RunAsync(project, rewrite);
        foreach (var (name, text) in migration.Texts)
        {
            if (migration.Unfinished.Contains(name))
                Add(name, "reaches a fixpoint", "");
            foreach (var left in migration.Left[name].Where(Migration.IsToBeFixed))
                Add(name, "no finding with a fix is left", left.ToString());
            _violations[name].AddRange(TextChecks.Check(_before[name], text));
        }

        if (allStates)
            await CheckStatesAsync(project, migration, rewrite);

        // What a person must finish keeps V1's names.
        var finished = Sound().Where(name => !KeepsV1(migration.Findings[name])).ToList();
        var unfinished = Sound().Except(finished).ToList();
        var v2 = Create(CodeState.S3, migration.Texts, finished);
        await CompileAsync(v2, "compiles after");
        await CheckSecondRunAsync(v2, rewrite);
        var mixed = Create(CodeState.S2, migration.Texts, unfinished);
        await CompileAsync(mixed, "compiles after, with V1 where a person must finish");

        if (before is not null)
        {
            await CompareRunsAsync(before, v2, CodeState.S3, finished, migration);
            await CompareRunsAsync(before, mixed, CodeState.S2, unfinished, migration);
        }

        return [.. _programs.Select(program => new Checked(program.Program, program.Name, _before[program.Name], migration.Texts[program.Name], migration.Findings[program.Name], _violations[program.Name]))];
    }

    private static bool KeepsV1(IReadOnlySet<string> findings) => findings.Any(finding => finding.EndsWith(Facts.Manual, StringComparison.Ordinal)
        && finding.Split(' ')[0] is RuleIds.TtsModelConstructor or RuleIds.TtsParameterName or RuleIds.TtsMethodName
            or RuleIds.RingBuffer or RuleIds.AudioStream or RuleIds.VoiceForgeApp or RuleIds.RingBufferAsQueue);

    private static bool IsSafe(IReadOnlySet<string> findings) => findings.All(finding => finding.EndsWith(Facts.Safe, StringComparison.Ordinal));

    private IEnumerable<string> Sound() => _programs.Select(program => program.Name).Where(name => _violations[name].Count == 0);

    private Project Create(CodeState state, Dictionary<string, string> texts, IEnumerable<string> names) =>
        BatchProject.Create(state, names.Select(name => (name, texts[name])), _isConsole && names.Any(name => _programs.First(program => program.Name == name).Program.Place == Place.TopLevel));

    private void Add(string name, string property, string detail) => _violations[name].Add(new(property, detail));

    private async Task CompileAsync(Project project, string property)
    {
        var errors = BatchProject.Errors((await project.GetCompilationAsync())!);
        foreach (var group in errors)
        {
            // An error without a place is about all of them: no entry point.
            foreach (var name in group.Key.Length > 0 ? [group.Key] : project.Documents.Select(document => document.Name))
                Add(name, property, string.Join('\n', group));
        }
    }

    private async Task CheckSecondRunAsync(Project project, Rewrite rewrite)
    {
        var found = await Migration.FindAsync(project);
        foreach (var document in project.Documents)
        {
            if (await rewrite(document, [.. found[document.Name]], default) is var again && again != document)
                Add(document.Name, "a second run changes nothing", (await again.GetTextAsync()).ToString());
        }
    }

    private async Task CheckStatesAsync(Project project, Migration migration, Rewrite rewrite)
    {
        var packages = BatchProject.In(project, CodeState.S1);
        await CompileAsync(packages, "compiles with the V1 packages");
        var reported = await Migration.FindAsync(packages);
        foreach (var document in packages.Documents)
        {
            if (migration.Findings[document.Name].Count > 0 && !reported[document.Name].Any())
                Add(document.Name, "is reported with the V1 packages", "");
            if (await rewrite(document, [.. reported[document.Name]], default) != document)
                Add(document.Name, "is not edited before the package is updated", "");
        }

        foreach (var (start, how) in new[] { (BatchProject.In(packages, CodeState.S2), "S1, its reference swapped"), (BatchProject.In(project, CodeState.S3), "S3") })
        {
            var other = await Migration.RunAsync(start, rewrite);
            foreach (var (name, text) in other.Texts.Where(text => text.Value != migration.Texts[text.Key]))
                Add(name, "ends as the same text from every state", $"{how}:\n{text}");
        }
    }

    private async Task CompareRunsAsync(byte[] before, Project migrated, CodeState state, IReadOnlyList<string> names, Migration migration)
    {
        var sound = Sound().Intersect(names).ToList();
        if (sound.Count == 0)
            return;

        if (sound.Count < names.Count)
            migrated = Create(state, migration.Texts, sound);
        var programs = _programs.Where(program => sound.Contains(program.Name)).ToList();
        var after = RecordingLibraries.Emit((await migrated.GetCompilationAsync())!);
        foreach (var mode in new[] { RunMode.Works, RunMode.StartFails })
        {
            var (old, current) = (ProgramRuns.Run(before, programs, mode), ProgramRuns.Run(after, programs, mode));
            for (var i = 0; i < programs.Count; i++)
            {
                var violation = RunComparison.Compare(programs[i].Program, old[i], current[i], IsSafe(migration.Findings[programs[i].Name]), mode);
                if (violation is not null)
                    _violations[programs[i].Name].Add(violation);
            }
        }

        var nothing = ProgramRuns.Run(after, programs, RunMode.NothingToRead);
        for (var i = 0; i < programs.Count; i++)
        {
            if (nothing[i].LastOrDefault(entry => entry.StartsWith("throws ", StringComparison.Ordinal)) is { } thrown)
                Add(programs[i].Name, "runs when there is nothing to read", thrown);
        }
    }
}
