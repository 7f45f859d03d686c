using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using MigrationKit.Cli.Loading;

namespace MigrationKit.Cli.Verification;

/// <summary>Compiles changed projects and what depends on them, in memory, before and after.</summary>
/// <remarks>
/// An edit inside a body cannot reach code outside its file, so in each state the changed files are compared first. What is clean then is compiled as a whole against V2
/// without V1's names; only an edited declaration needs the whole in every state, and the projects that see it.
/// </remarks>
/// <param name="loaded">The projects and their original texts.</param>
/// <param name="states">The solution in each reference state in which results must compile: first with V1's names, last without them.</param>
internal sealed class Verifier(LoadedSolution loaded, ImmutableArray<Solution> states)
{
    private readonly ConcurrentDictionary<(int State, ProjectId Project), ImmutableArray<CompilerError>> _before = [];
    private readonly ConcurrentDictionary<(int State, DocumentId Document), ImmutableArray<CompilerError>> _documentBefore = [];
    private readonly ConcurrentDictionary<(int State, ProjectId Project), ImmutableArray<CompilerError>> _after = [];
    private object? _afterTexts;

    /// <summary>Whether the new texts bring no error.</summary>
    public async Task<bool> CompilesAsync(IReadOnlyDictionary<string, string> texts, CancellationToken cancellationToken) =>
        (await NewErrorsAsync(texts, cancellationToken)).IsEmpty;

    /// <returns>Errors that the new texts bring: reported after, not before. Those in changed files hide the others.</returns>
    public async Task<ImmutableArray<CompilerError>> NewErrorsAsync(IReadOnlyDictionary<string, string> texts, CancellationToken cancellationToken)
    {
        if (texts.Count == 0)
            return [];

        Remember(texts);
        var changed = states.Select(s => With(s, texts)).ToArray();
        var result = new ConcurrentBag<CompilerError>();
        var documents = texts.Keys.SelectMany(f => loaded.Solution.GetDocumentIdsWithFilePath(f)).ToList();
        await Parallel.ForEachAsync(Pairs(Enumerable.Range(0, states.Length), documents), cancellationToken, async (pair, cancelled) =>
        {
            var (state, document) = pair;
            var after = await ErrorsAsync(changed[state].GetDocument(document)!, cancelled);
            if (!after.IsEmpty)
                AddNew(result, await BeforeAsync(state, document, cancelled), after);
        });
        if (!result.IsEmpty)
            return [.. result.Distinct()];

        var areDeclarationsEdited = await AreDeclarationsEditedAsync(changed[0], documents, cancellationToken);
        var compiled = areDeclarationsEdited ? Enumerable.Range(0, states.Length) : [states.Length - 1];
        await Parallel.ForEachAsync(Pairs(compiled, Affected(documents, areDeclarationsEdited)), cancellationToken, async (pair, cancelled) =>
        {
            var (state, project) = pair;
            var after = await AfterAsync(state, changed[state], project, cancelled);
            if (!after.IsEmpty)
                AddNew(result, await BeforeAsync(state, project, cancelled), after);
        });
        return [.. result.Distinct()];
    }

    /// <summary>Says for the report, and for what must follow, how the result compiles.</summary>
    public async Task<VerificationResult> SummariseAsync(IReadOnlyDictionary<string, string> texts, CancellationToken cancellationToken)
    {
        Remember(texts);
        var changed = states.Select(s => With(s, texts)).ToArray();
        var documents = texts.Keys.SelectMany(f => loaded.Solution.GetDocumentIdsWithFilePath(f)).ToList();
        var affected = Affected(documents, await AreDeclarationsEditedAsync(changed[0], documents, cancellationToken));
        var (withV1, withoutV1) = (0, 0);
        var broken = new ConcurrentBag<ProjectId>();
        await Parallel.ForEachAsync(affected, cancellationToken, async (project, cancelled) =>
        {
            var errors = (await AfterAsync(states.Length - 1, changed[^1], project, cancelled)).Length;
            if (errors == 0)
                return; // what V1's names are not needed for compiles with them too
            Interlocked.Add(ref withoutV1, errors);
            if ((await AfterAsync(0, changed[0], project, cancelled)).Length is > 0 and var left)
            {
                Interlocked.Add(ref withV1, left);
                broken.Add(project);
            }
        });
        return new(affected.Select(p => loaded.Of(p).Project.File).Distinct().Count(), withV1, withoutV1, [.. broken]);
    }

    /// <summary>The errors of one project in a solution, without those the tool's own rules and V1's obsolete marks cause.</summary>
    public static async Task<ImmutableArray<CompilerError>> ErrorsAsync(Project project, CancellationToken cancellationToken) =>
        Errors(project, (await ErrorsOnly.OfAsync(project, cancellationToken)).GetDiagnostics(cancellationToken));

    /// <summary>The errors that stand outside bodies, or in files that can hold a finding: found without binding the rest.</summary>
    public static async Task<ImmutableArray<CompilerError>> OutlineErrorsAsync(Project project, CancellationToken cancellationToken)
    {
        var compilation = (await project.GetCompilationAsync(cancellationToken))!;
        var errors = Errors(project, compilation.GetParseDiagnostics(cancellationToken).Concat(compilation.GetDeclarationDiagnostics(cancellationToken)));
        var bodies = new List<CompilerError>();
        foreach (var document in project.Documents)
        {
            if (Analysis.CandidateText.IsCandidate((await document.GetTextAsync(cancellationToken)).ToString()))
                bodies.AddRange(await ErrorsAsync(document, cancellationToken));
        }

        return [.. errors.Concat(bodies).Distinct()];
    }

    private static async Task<ImmutableArray<CompilerError>> ErrorsAsync(Document document, CancellationToken cancellationToken) =>
        Errors(document.Project, (await document.GetSemanticModelAsync(cancellationToken))!.GetDiagnostics(cancellationToken: cancellationToken));

    private static ImmutableArray<CompilerError> Errors(Project project, IEnumerable<Diagnostic> diagnostics) =>
    [
        .. diagnostics
            .Where(d => d.Severity == DiagnosticSeverity.Error && !d.Id.StartsWith("MK", StringComparison.Ordinal))
            .Select(d => new CompilerError(project.Name, d.Location.SourceTree?.FilePath ?? "", d.Id, d.GetMessage(System.Globalization.CultureInfo.InvariantCulture))
            {
                Line = d.Location.GetLineSpan().StartLinePosition.Line + 1,
            }),
    ];

    private static IEnumerable<(int State, T Item)> Pairs<T>(IEnumerable<int> indices, IReadOnlyCollection<T> items) =>
        indices.SelectMany(state => items.Select(item => (state, item)));

    // A name that V1 alone has is missing before and after where the finding is not fixed: the same error is no new one.
    private static void AddNew(ConcurrentBag<CompilerError> result, IEnumerable<CompilerError> before, IEnumerable<CompilerError> after)
    {
        var left = before.ToList();
        foreach (var error in after.Where(e => !left.Remove(e)))
            result.Add(error);
    }

    private void Remember(IReadOnlyDictionary<string, string> texts)
    {
        if (ReferenceEquals(_afterTexts, texts))
            return;
        _after.Clear();
        _afterTexts = texts;
    }

    private async Task<ImmutableArray<CompilerError>> AfterAsync(int state, Solution changed, ProjectId project, CancellationToken cancellationToken)
    {
        if (!_after.TryGetValue((state, project), out var errors))
            _after[(state, project)] = errors = await ErrorsAsync(changed.GetProject(project)!, cancellationToken);
        return errors;
    }

    private async Task<ImmutableArray<CompilerError>> BeforeAsync(int state, ProjectId project, CancellationToken cancellationToken)
    {
        if (!_before.TryGetValue((state, project), out var errors))
            _before[(state, project)] = errors = await ErrorsAsync(states[state].GetProject(project)!, cancellationToken);
        return errors;
    }

    private async Task<ImmutableArray<CompilerError>> BeforeAsync(int state, DocumentId document, CancellationToken cancellationToken)
    {
        if (!_documentBefore.TryGetValue((state, document), out var errors))
            _documentBefore[(state, document)] = errors = await ErrorsAsync(states[state].GetDocument(document)!, cancellationToken);
        return errors;
    }

    private async Task<bool> AreDeclarationsEditedAsync(Solution changed, IEnumerable<DocumentId> documents, CancellationToken cancellationToken)
    {
        foreach (var document in documents)
        {
            var before = (await states[0].GetDocument(document)!.GetSyntaxTreeAsync(cancellationToken))!;
            var after = (await changed.GetDocument(document)!.GetSyntaxTreeAsync(cancellationToken))!;
            if (!SyntaxFactory.AreEquivalent(before, after, topLevel: true))
                return true;
        }

        return false;
    }

    private Solution With(Solution solution, IReadOnlyDictionary<string, string> texts)
    {
        foreach (var (file, text) in texts)
        {
            var source = SourceText.From(text, loaded.Sources[file].Encoding);
            foreach (var document in solution.GetDocumentIdsWithFilePath(file))
                solution = solution.WithDocumentText(document, source);
        }

        return solution;
    }

    // What depends on a changed project is affected by an edited declaration, and by the library it sees through the changed project.
    private HashSet<ProjectId> Affected(IEnumerable<DocumentId> documents, bool areDeclarationsEdited)
    {
        var graph = loaded.Solution.GetProjectDependencyGraph();
        var changed = documents.Select(d => d.ProjectId).ToHashSet();
        changed.UnionWith(changed.SelectMany(graph.GetProjectsThatTransitivelyDependOnThisProject)
            .Where(p => areDeclarationsEdited || !ReferenceEquals(states[0].GetProject(p)!.MetadataReferences, loaded.Solution.GetProject(p)!.MetadataReferences))
            .ToList());
        return changed;
    }
}
