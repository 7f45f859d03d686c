using System.Collections.Immutable;
using MigrationKit.Analyzers;

namespace MigrationKit.Cli.Loading;

/// <summary>Turns the candidates of a scan into compilable projects: restore, design-time build, workspace.</summary>
internal sealed class SolutionLoader(MigrationOptions options, ImmutableArray<MigratedLibrary> libraries, Action<string> progress)
{
    /// <exception cref="MigrationException">A candidate, or something it references, cannot be restored or loaded.</exception>
    public LoadedSolution Load(InputPath input, ScanResult scan, CancellationToken cancellationToken)
    {
        MSBuildHost.Register(input.Folder);
        return LoadRegistered(input, scan, cancellationToken);
    }

    private LoadedSolution LoadRegistered(InputPath input, ScanResult scan, CancellationToken cancellationToken)
    {
        var evaluator = new ProjectEvaluator(options.Properties, libraries);
        var evaluated = evaluator.Evaluate(scan.ToLoad, cancellationToken);
        var roles = Roles(evaluated, scan);
        var needed = Closure(evaluated, scan.Candidates);
        FailOn(input, evaluator.Failures.Where(f => needed.Contains(f.Key) || scan.Candidates.Contains(f.Key)).Select(f => (f.Key, f.Value)), "cannot be evaluated");

        var notes = new List<string>(evaluator.Failures.Where(f => !needed.Contains(f.Key)).Select(f => $"{input.Relative(f.Key)} was not loaded: {f.Value}"));
        var builder = new DesignTimeBuilder(options.Properties);
        var dropped = options.NoRestore ? [] : Restore(input, builder, scan, evaluated, notes, cancellationToken);

        var builds = builder.Build(evaluated.Values.Where(p => !dropped.Contains(p.File)), progress, cancellationToken);
        FailOn(
            input,
            builds.Where(b => needed.Contains(b.File)).SelectMany(b => b.Errors.Select(e => (b.File, e))),
            "cannot be loaded");
        foreach (var failed in builds.Where(b => b.CompilerArguments.IsEmpty))
            notes.Add($"{input.Relative(failed.File)} was not loaded, so what depends on the migrated code there is not verified: {failed.Errors[0]}");

        foreach (var wrong in evaluator.WrongHintPaths.Where(w => builds.Any(b => b.File == w.Project && !b.CompilerArguments.IsEmpty && !w.IsFoundBy(b))))
            notes.Add($"{input.Relative(wrong.Project)} references '{wrong.Name}' at '{wrong.Path}', but there is no file '{wrong.Full}': correct its HintPath");

        return new WorkspaceBuilder(input).Build(builds.Where(b => !b.CompilerArguments.IsEmpty).ToList(), evaluated, roles, notes);
    }

    private HashSet<string> Restore(
        InputPath input, DesignTimeBuilder builder, ScanResult scan, IReadOnlyDictionary<string, EvaluatedProject> evaluated, List<string> notes,
        CancellationToken cancellationToken)
    {
        progress("restore");
        var errors = builder.Restore(scan.Candidates, cancellationToken);
        if (!errors.IsEmpty)
        {
            throw new MigrationException(
                ExitCode.LoadFailed, $"'{input.File}' does not restore:{Lines(errors)}");
        }

        // A project that only depends on a candidate may fail alone; the others are migrated all the same.
        var dependents = scan.ToLoad.Except(scan.Candidates).Where(evaluated.ContainsKey).ToList();
        if (dependents.Count == 0 || builder.Restore(dependents, cancellationToken) is not { IsEmpty: false } failures)
            return [];
        notes.Add($"not restored, so not verified: {string.Join(", ", dependents.Select(input.Relative))}:{Lines(failures)}");
        return dependents.ToHashSet(StringComparer.Ordinal);
    }

    private Dictionary<string, ProjectRole> Roles(IReadOnlyDictionary<string, EvaluatedProject> evaluated, ScanResult scan) =>
        evaluated.Values.ToDictionary(
            project => project.File,
            project => libraries.Any(l => string.Equals(l.Name, project.AssemblyName, StringComparison.OrdinalIgnoreCase)) ? ProjectRole.Library
                : scan.Candidates.Contains(project.File) ? ProjectRole.Candidate
                : scan.ToLoad.Contains(project.File) ? ProjectRole.Dependent
                : ProjectRole.Reference,
            StringComparer.Ordinal);

    private static HashSet<string> Closure(IReadOnlyDictionary<string, EvaluatedProject> evaluated, IEnumerable<string> of)
    {
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Queue<string>(of);
        while (pending.TryDequeue(out var file))
        {
            if (!reached.Add(file) || !evaluated.TryGetValue(file, out var project))
                continue;
            foreach (var reference in project.ProjectReferences)
                pending.Enqueue(reference);
        }

        return reached;
    }

    private static void FailOn(InputPath input, IEnumerable<(string File, string Why)> failures, string what)
    {
        var lines = failures.Select(f => $"{input.Relative(f.File)}: {f.Why}").Distinct().ToList();
        if (lines.Count > 0)
            throw new MigrationException(ExitCode.LoadFailed, $"'{input.File}' {what}:{Lines(lines)}");
    }

    private static string Lines(IEnumerable<string> lines) => string.Concat(lines.Select(l => $"{Environment.NewLine}  {l.ReplaceLineEndings(" ")}"));
}
