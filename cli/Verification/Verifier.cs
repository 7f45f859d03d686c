using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using MigrationKit.Cli.Loading;

namespace MigrationKit.Cli.Verification;

/// <summary>Compiles changed projects and everything that depends on them, in memory, before and after.</summary>
/// <param name="loaded">The projects and their original texts.</param>
/// <param name="states">The solution in each reference state in which results must compile: first with V1's names, last without them.</param>
internal sealed class Verifier(LoadedSolution loaded, ImmutableArray<Solution> states)
{
    private readonly Dictionary<(int State, ProjectId Project), ImmutableArray<CompilerError>> _before = [];

    /// <summary>Whether the new texts bring no error.</summary>
    public async Task<bool> CompilesAsync(IReadOnlyDictionary<string, string> texts, CancellationToken cancellationToken) =>
        (await NewErrorsAsync(texts, stopAtFirst: true, cancellationToken)).IsEmpty;

    /// <returns>The errors that the new texts bring: reported after, not before.</returns>
    public Task<ImmutableArray<CompilerError>> NewErrorsAsync(IReadOnlyDictionary<string, string> texts, CancellationToken cancellationToken) =>
        NewErrorsAsync(texts, stopAtFirst: false, cancellationToken);

    private async Task<ImmutableArray<CompilerError>> NewErrorsAsync(
        IReadOnlyDictionary<string, string> texts, bool stopAtFirst, CancellationToken cancellationToken)
    {
        if (texts.Count == 0)
            return [];

        var result = ImmutableArray.CreateBuilder<CompilerError>();
        for (var i = 0; i < states.Length; i++)
        {
            var changed = With(states[i], texts);
            foreach (var project in Affected(states[i], texts.Keys))
            {
                var left = (await BeforeAsync(i, project, cancellationToken)).ToList();
                foreach (var error in await ErrorsAsync(changed.GetProject(project)!, cancellationToken))
                {
                    // A name that V1 alone has is missing before and after where the finding is not fixed: the same error is no new one.
                    if (!left.Remove(error))
                        result.Add(error);
                }

                if (stopAtFirst && result.Count > 0)
                    return result.ToImmutable();
            }
        }

        return [.. result.Distinct()];
    }

    /// <summary>Compiles the result once more, for the report.</summary>
    public async Task<VerificationResult> SummariseAsync(IReadOnlyDictionary<string, string> texts, CancellationToken cancellationToken)
    {
        var counts = new List<int>();
        var projects = 0;
        foreach (var state in states)
        {
            var changed = With(state, texts);
            var affected = Affected(state, texts.Keys);
            projects = affected.Select(p => state.GetProject(p)!.FilePath).Distinct().Count();
            counts.Add(0);
            foreach (var project in affected)
                counts[^1] += (await ErrorsAsync(changed.GetProject(project)!, cancellationToken)).Length;
        }

        return new(projects, counts[0], counts[^1]);
    }

    /// <summary>The errors of one project in a solution, without those the tool's own rules and V1's obsolete marks cause.</summary>
    public static async Task<ImmutableArray<CompilerError>> ErrorsAsync(Project project, CancellationToken cancellationToken)
    {
        var compilation = await project.GetCompilationAsync(cancellationToken);
        return
        [
            .. compilation!.GetDiagnostics(cancellationToken)
                .Where(d => d.Severity == DiagnosticSeverity.Error && !d.Id.StartsWith("MK", StringComparison.Ordinal))
                .Select(d => new CompilerError(project.Name, d.Location.SourceTree?.FilePath ?? "", d.Id, d.GetMessage(System.Globalization.CultureInfo.InvariantCulture))
                {
                    Line = d.Location.GetLineSpan().StartLinePosition.Line + 1,
                }),
        ];
    }

    private async Task<ImmutableArray<CompilerError>> BeforeAsync(int state, ProjectId project, CancellationToken cancellationToken)
    {
        if (!_before.TryGetValue((state, project), out var errors))
            _before[(state, project)] = errors = await ErrorsAsync(states[state].GetProject(project)!, cancellationToken);
        return errors;
    }

    private Solution With(Solution solution, IReadOnlyDictionary<string, string> texts)
    {
        foreach (var (file, text) in texts)
        {
            foreach (var document in solution.GetDocumentIdsWithFilePath(file))
                solution = solution.WithDocumentText(document, SourceText.From(text, loaded.Sources[file].Encoding));
        }

        return solution;
    }

    private static HashSet<ProjectId> Affected(Solution solution, IEnumerable<string> files)
    {
        var graph = solution.GetProjectDependencyGraph();
        var changed = files.SelectMany(f => solution.GetDocumentIdsWithFilePath(f)).Select(d => d.ProjectId).ToHashSet();
        changed.UnionWith(changed.SelectMany(graph.GetProjectsThatTransitivelyDependOnThisProject).ToList());
        return changed;
    }
}
