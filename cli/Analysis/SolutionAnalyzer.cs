using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace MigrationKit.Cli.Analysis;

/// <summary>Runs the rules over projects and remembers the answers of projects that did not change.</summary>
internal sealed class SolutionAnalyzer(RuleEngine engine, MigrationOptions options, Func<string, bool> isSelected)
{
    private readonly Dictionary<(ProjectId, VersionStamp), ImmutableArray<Sighting>> _known = [];

    /// <returns>The selected findings in the order of file and position; a linked file has one per project it is compiled in.</returns>
    /// <exception cref="InvalidOperationException">An analyzer threw.</exception>
    public async Task<ImmutableArray<Sighting>> AnalyseAsync(Solution solution, IEnumerable<ProjectId> projects, CancellationToken cancellationToken)
    {
        var result = ImmutableArray.CreateBuilder<Sighting>();
        foreach (var id in projects)
        {
            var project = solution.GetProject(id)!;
            var version = await project.GetDependentSemanticVersionAsync(cancellationToken);
            var own = await project.GetLatestDocumentVersionAsync(cancellationToken);
            var key = (id, version.GetNewerVersion(own));
            if (!_known.TryGetValue(key, out var findings))
                _known[key] = findings = await AnalyseAsync(project, cancellationToken);
            result.AddRange(findings);
        }

        return [.. result.OrderBy(d => d.File, StringComparer.Ordinal).ThenBy(d => d.Diagnostic.Location.SourceSpan.Start).ThenBy(d => d.Diagnostic.Id, StringComparer.Ordinal)];
    }

    private async Task<ImmutableArray<Sighting>> AnalyseAsync(Project project, CancellationToken cancellationToken)
    {
        var compilation = (await project.GetCompilationAsync(cancellationToken))!;
        var failures = new List<string>();
        var withAnalyzers = compilation.WithAnalyzers(
            engine.Analyzers,
            new CompilationWithAnalyzersOptions(
                TargetSeverity.Apply(project.AnalyzerOptions, options.Target),
                onAnalyzerException: (e, analyzer, _) => failures.Add($"{analyzer.GetType().Name}: {e}"),
                concurrentAnalysis: true,
                logAnalyzerExecutionTime: false));
        var diagnostics = await withAnalyzers.GetAnalyzerDiagnosticsAsync(cancellationToken);
        if (failures.Count > 0)
            throw new InvalidOperationException($"A rule failed in project '{project.Name}': {failures[0]}");

        return [.. diagnostics
            .Where(d => options.Rules.Contains(d.Id) && d.Location.SourceTree is not null)
            .Select(d => (Document: project.GetDocument(d.Location.SourceTree), Diagnostic: d))
            .Where(d => d.Document?.FilePath is { } file && isSelected(file))
            .Select(d => new Sighting(d.Document!.Id, d.Document.FilePath!, d.Diagnostic))];
    }
}
