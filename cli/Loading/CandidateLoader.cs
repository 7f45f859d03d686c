using System.Collections.Immutable;
using MigrationKit.Analyzers;
using MigrationKit.Cli.Analysis;

namespace MigrationKit.Cli.Loading;

/// <summary>Finds the projects that can hold a finding and loads them, with what they reference.</summary>
internal sealed class CandidateLoader(MigrationOptions options, RuleEngine engine, Action<string> progress)
{
    /// <exception cref="MigrationException">The solution cannot be read.</exception>
    public ScanResult Scan(InputPath input, CancellationToken cancellationToken)
    {
        var projects = SolutionProjects.Of(input);
        var missing = projects.Where(p => !File.Exists(p)).Select(input.Relative).ToList();
        if (missing.Count > 0)
            throw new MigrationException(ExitCode.LoadFailed, $"'{input.File}' names projects that do not exist: {string.Join(", ", missing)}");

        var scan = SourceScan.Run(input, projects, engine.Libraries, options.NoPrefilter);
        if (scan.Unrestored.IsEmpty || options.NoPrefilter || options.NoRestore || options.BinaryLog is not null || scan.Unrestored.All(scan.Candidates.Contains))
            return scan;

        // What these projects' packages declare is known only once they are there.
        progress("restore");
        MSBuildHost.Register(input.Folder);
        var failures = SolutionLoader.Restore(options, scan.Unrestored, cancellationToken);
        scan = SourceScan.Run(input, projects, engine.Libraries);
        return failures.IsEmpty ? scan : scan with
        {
            Notes = [$"not restored, so replacements that its packages declare are not known: {string.Join(", ", scan.Unrestored.Select(input.Relative))}: {string.Join("; ", failures)}"],
        };
    }

    /// <returns>The solution, and the scan: it can have grown by what only MSBuild knew to be referenced.</returns>
    /// <exception cref="MigrationException">A candidate, or something it references, cannot be loaded.</exception>
    public (LoadedSolution Loaded, ScanResult Scan) Load(InputPath input, ScanResult scan, CancellationToken cancellationToken)
    {
        if (options.BinaryLog is not null)
            return (new SolutionLoader(options, engine.Libraries, progress).Load(input, scan, cancellationToken), scan);

        while (true)
        {
            using var loader = new SolutionLoader(options, engine.Libraries, progress);
            var evaluated = loader.Evaluate(input, scan, cancellationToken);
            var unseen = Unseen(evaluated, scan);
            if (unseen.Count == 0)
                return (loader.Load(input, scan, cancellationToken), scan);
            scan = SourceScan.Run(input, [.. SolutionProjects.Of(input), .. scan.Projects, .. unseen], engine.Libraries, options.NoPrefilter, evaluated) with { Notes = scan.Notes };
        }
    }

    private List<string> Unseen(IReadOnlyDictionary<string, EvaluatedProject> evaluated, ScanResult scan)
    {
        var seen = scan.Projects.ToHashSet(StringComparer.Ordinal);
        var reached = new HashSet<string>(StringComparer.Ordinal);
        var pending = new Queue<string>(scan.ToLoad);
        while (pending.TryDequeue(out var file))
        {
            if (!evaluated.TryGetValue(file, out var project) || IsLibrary(project) || !reached.Add(file))
                continue;
            foreach (var reference in project.ProjectReferences)
                pending.Enqueue(reference);
        }

        reached.ExceptWith(seen);
        return [.. reached];
    }

    private bool IsLibrary(EvaluatedProject project) =>
        engine.Libraries.Any(l => string.Equals(l.Name, project.AssemblyName, StringComparison.OrdinalIgnoreCase));
}
