using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using MigrationKit.Analyzers.Replacements;

namespace MigrationKit.Cli.Analysis;

/// <summary>Runs the rules over the files that can hold a finding, and remembers the answers of projects that did not change.</summary>
internal sealed class SolutionAnalyzer(RuleEngine engine, MigrationOptions options, Func<string, bool> isSelected)
{
    private readonly ConcurrentDictionary<(ProjectId, VersionStamp), ImmutableArray<Sighting>> _known = [];

    /// <returns>The selected findings in the order of file and position; a linked file has one per project it is compiled in.</returns>
    /// <exception cref="InvalidOperationException">An analyzer threw.</exception>
    public async Task<ImmutableArray<Sighting>> AnalyseAsync(Solution solution, IEnumerable<ProjectId> projects, CancellationToken cancellationToken)
    {
        var result = new ConcurrentBag<Sighting>();
        await Parallel.ForEachAsync(projects, cancellationToken, async (id, cancelled) =>
        {
            var project = solution.GetProject(id)!;
            var version = await project.GetDependentSemanticVersionAsync(cancelled);
            var own = await project.GetLatestDocumentVersionAsync(cancelled);
            var key = (id, version.GetNewerVersion(own));
            if (!_known.TryGetValue(key, out var findings))
                _known[key] = findings = await AnalyseAsync(project, cancelled);
            foreach (var finding in findings)
                result.Add(finding);
        });

        return
        [
            .. result.OrderBy(d => d.File, StringComparer.Ordinal)
                .ThenBy(d => d.Diagnostic.Location.SourceSpan.Start)
                .ThenBy(d => d.Diagnostic.Id, StringComparer.Ordinal)
                .ThenBy(d => d.Diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparer.Ordinal)
                .ThenBy(d => solution.GetProject(d.Document.ProjectId)!.Name, StringComparer.Ordinal), // parallel answers come in any order
        ];
    }

    private async Task<ImmutableArray<Sighting>> AnalyseAsync(Project project, CancellationToken cancellationToken)
    {
        var compilation = (await project.GetCompilationAsync(cancellationToken))!;
        var failures = new ConcurrentQueue<string>();
        var withAnalyzers = compilation.WithAnalyzers(
            engine.Analyzers,
            new CompilationWithAnalyzersOptions(
                TargetSeverity.Apply(project.AnalyzerOptions, options.Target),
                onAnalyzerException: (e, analyzer, _) => failures.Enqueue($"{analyzer.GetType().Name}: {e}"),
                concurrentAnalysis: true,
                logAnalyzerExecutionTime: false));
        var diagnostics = options.NoPrefilter
            ? await withAnalyzers.GetAnalyzerDiagnosticsAsync(cancellationToken)
            : await CandidatesAsync(withAnalyzers, cancellationToken);
        if (failures.TryPeek(out var failure))
            throw new InvalidOperationException($"A rule failed in project '{project.Name}': {failure}");

        return [.. diagnostics
            .Where(d => options.Rules.Contains(d.Id) && d.Location.SourceTree is not null)
            .Select(d => (Document: project.GetDocument(d.Location.SourceTree), Diagnostic: d))
            .Where(d => d.Document?.FilePath is { } file && isSelected(file))
            .Select(d => new Sighting(d.Document!.Id, d.Document.FilePath!, d.Diagnostic))];
    }

    // Each rule's findings belong to one file, and asking for one file binds only that.
    private static async Task<ImmutableArray<Diagnostic>> CandidatesAsync(CompilationWithAnalyzers withAnalyzers, CancellationToken cancellationToken)
    {
        var compilation = withAnalyzers.Compilation;
        var everyNameCounts = ReplacedNames.IsAttributeVisibleIn(compilation);
        var trees = compilation.SyntaxTrees.Where(tree => everyNameCounts || CandidateText.IsCandidate(tree.GetText(cancellationToken).ToString()));
        var result = new ConcurrentBag<Diagnostic>();
        await Parallel.ForEachAsync(trees, cancellationToken, async (tree, cancelled) =>
        {
            foreach (var diagnostic in await withAnalyzers.GetAnalyzerSemanticDiagnosticsAsync(compilation.GetSemanticModel(tree), filterSpan: null, cancelled))
                result.Add(diagnostic);
        });
        return [.. result];
    }
}
