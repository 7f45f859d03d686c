using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using MigrationKit.Analyzers;

namespace MigrationKit.Cli.Loading;

/// <summary>Turns the candidates of a scan into compilable projects: restore, design-time build, workspace; what an earlier run learnt is not asked again.</summary>
internal sealed class SolutionLoader(MigrationOptions options, ImmutableArray<MigratedLibrary> libraries, Action<string> progress) : IDisposable
{
    private readonly Dictionary<string, EvaluatedProject> _evaluated = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableArray<ProjectBuild>> _cached = new(StringComparer.Ordinal);
    private readonly HashSet<string> _dropped = new(StringComparer.Ordinal);
    private readonly List<string> _notes = [];
    private DesignTimeCache? _cache;
    private IDisposable? _evaluator;

    /// <summary>Evaluates the projects to load and what they reference, restored before; takes from the cache what is still true.</summary>
    /// <exception cref="MigrationException">A candidate cannot be restored.</exception>
    public IReadOnlyDictionary<string, EvaluatedProject> Evaluate(InputPath input, ScanResult scan, CancellationToken cancellationToken)
    {
        var isComplete = TakeCached(input, scan);
        if (isComplete)
            return _evaluated;

        MSBuildHost.Register(input.Folder);
        if (!options.NoRestore)
        {
            Restore(input, scan, cancellationToken);
            TakeCached(input, scan); // restore can have changed what the entries were made of
        }

        EvaluateRegistered(scan, cancellationToken);
        return _evaluated;
    }

    /// <exception cref="MigrationException">A candidate, or something it references, cannot be restored or loaded.</exception>
    public LoadedSolution Load(InputPath input, ScanResult scan, CancellationToken cancellationToken)
    {
        var builds = _cached.Values.SelectMany(b => b).ToList();
        if (options.BinaryLog is { } log)
        {
            MSBuildHost.Register(input.Folder);
            builds = ReadBinaryLog(input, log, scan);
        }
        else if (_evaluator is not null)
        {
            builds.AddRange(BuildRegistered(input, scan, cancellationToken));
        }

        var roles = Roles(_evaluated, scan);
        return new WorkspaceBuilder(input).Build(builds.Where(b => !b.CompilerArguments.IsEmpty).ToList(), _evaluated, (b) => RoleOf(b, roles), [.. scan.Notes, .. _notes]);
    }

    public void Dispose() => _evaluator?.Dispose();

    /// <summary>Restores all projects in one go.</summary>
    /// <returns>The errors.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)] // MSBuild's types must not be touched before they are registered
    public static ImmutableArray<string> Restore(MigrationOptions options, IReadOnlyList<string> projects, CancellationToken cancellationToken) =>
        new DesignTimeBuilder(options.Properties).Restore(projects, cancellationToken);

    private bool TakeCached(InputPath input, ScanResult scan)
    {
        if (options.NoCache)
            return false;
        _evaluated.Clear();
        _cached.Clear();
        _cache = new DesignTimeCache(options.Properties, MSBuildHost.Find(input.Folder));
        foreach (var entry in _cache.Closure(scan.ToLoad))
        {
            _evaluated.Add(entry.Project.File, entry.Project);
            _cached.Add(entry.Project.File, entry.Builds);
        }

        return scan.ToLoad.All(_evaluated.ContainsKey);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void EvaluateRegistered(ScanResult scan, CancellationToken cancellationToken)
    {
        var evaluator = new ProjectEvaluator(DesignTimeBuilder.WithDesignTime(options.Properties), libraries);
        _evaluator = evaluator;
        evaluator.Evaluate(scan.ToLoad, _evaluated, cancellationToken);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private IEnumerable<ProjectBuild> BuildRegistered(InputPath input, ScanResult scan, CancellationToken cancellationToken)
    {
        var evaluator = (ProjectEvaluator)_evaluator!;
        var needed = Closure(_evaluated, scan.Candidates);
        FailOn(input, evaluator.Failures.Where(f => needed.Contains(f.Key) || scan.Candidates.Contains(f.Key)).Select(f => (f.Key, f.Value)), "cannot be evaluated");
        _notes.AddRange(evaluator.Failures.Where(f => !needed.Contains(f.Key)).Select(f => $"{input.Relative(f.Key)} was not loaded: {f.Value}"));

        var projects = _evaluated.Values.Where(p => !_dropped.Contains(p.File) && !_cached.ContainsKey(p.File)).ToList();
        var builds = new DesignTimeBuilder(options.Properties).Build(projects, evaluator, progress, cancellationToken);
        FailOn(input, builds.Where(b => needed.Contains(b.File)).SelectMany(b => b.Errors.Select(e => (b.File, e))), "cannot be loaded");
        foreach (var failed in builds.Where(b => b.CompilerArguments.IsEmpty))
            _notes.Add($"{input.Relative(failed.File)} was not loaded, so what depends on the migrated code there is not verified: {failed.Errors[0]}");
        var wrongPaths = evaluator.WrongHintPaths.Where(w => builds.Any(b => b.File == w.Project && !b.CompilerArguments.IsEmpty && !w.IsFoundBy(b))).Distinct().ToList();
        foreach (var wrong in wrongPaths)
            _notes.Add($"{input.Relative(wrong.Project)} references '{wrong.Name}' at '{wrong.Path}', but there is no file '{wrong.Full}': correct its HintPath");
        if (_cache is not null)
        {
            // What is wrong is said every time: such a project is built anew.
            foreach (var project in projects.Where(p => wrongPaths.All(w => w.Project != p.File)))
                _cache.Keep(project, [.. builds.Where(b => b.File == project.File)], ProjectInputs.Of([.. project.TargetFrameworks.Select(f => evaluator.Of(project, f))]));
        }

        return builds;
    }

    private void Restore(InputPath input, ScanResult scan, CancellationToken cancellationToken)
    {
        progress("restore");
        var errors = Restore(options, scan.Candidates, cancellationToken);
        if (!errors.IsEmpty)
        {
            throw new MigrationException(
                ExitCode.LoadFailed, $"'{input.File}' does not restore:{Lines(errors)}");
        }

        // A project that only depends on a candidate may fail alone; the others are migrated all the same.
        var dependents = scan.ToLoad.Except(scan.Candidates).ToList();
        if (dependents.Count == 0 || Restore(options, dependents, cancellationToken) is not { IsEmpty: false } failures)
            return;
        _notes.Add($"not restored, so not verified: {string.Join(", ", dependents.Select(input.Relative))}:{Lines(failures)}");
        _dropped.UnionWith(dependents);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private List<ProjectBuild> ReadBinaryLog(InputPath input, string log, ScanResult scan)
    {
        var builds = new BinaryLogReader(log, libraries).Read(_evaluated);
        var missing = scan.Candidates.Where(c => !_evaluated.ContainsKey(c)).Select(input.Relative).ToList();
        if (missing.Count > 0)
            throw new MigrationException(ExitCode.LoadFailed, $"--binlog '{log}' has no compilation of {string.Join(", ", missing)}; write one with 'dotnet build -t:Rebuild -bl'.");
        return [.. builds];
    }

    // Another framework of a candidate is compiled for what references it, and not looked at.
    private ProjectRole RoleOf(ProjectBuild build, Dictionary<string, ProjectRole> roles) =>
        roles[build.File] is ProjectRole.Candidate or ProjectRole.Dependent
        && options.Framework is { } framework && !string.Equals(framework, build.TargetFramework, StringComparison.OrdinalIgnoreCase)
            ? ProjectRole.Reference
            : roles[build.File];

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
