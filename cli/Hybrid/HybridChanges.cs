using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using MigrationKit.Cli.Analysis;
using MigrationKit.Cli.Loading;
using MigrationKit.Cli.Verification;
using MigrationKit.Cli.Writing;

namespace MigrationKit.Cli.Hybrid;

/// <summary><c>--keep-v1</c>: turns the changes of a run into ones that keep the old code beside the new, and proves that both compile.</summary>
/// <param name="input">What paths are relative to.</param>
/// <param name="loaded">The code and references as they were.</param>
/// <param name="verifier">Compiles new texts with V2.</param>
/// <param name="symbol">The preprocessor symbol and build property.</param>
internal sealed class HybridChanges(InputPath input, LoadedSolution loaded, Verifier verifier, string symbol)
{
    /// <param name="changes">What a plain run would write; its project files keep their references already.</param>
    /// <exception cref="MigrationException">The symbol is in use, or one of the two versions does not compile; nothing was written.</exception>
    public async Task<ImmutableArray<FileChange>> ApplyAsync(ImmutableArray<FileChange> changes, CancellationToken cancellationToken)
    {
        RefuseUsedSymbol();
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        var result = changes.Where(change => !IsSource(change)).ToDictionary(change => change.Path, StringComparer.Ordinal);
        foreach (var change in changes.Where(IsSource))
        {
            var file = SourceFile.Decode(change.Path, change.Before!);
            var after = SourceFile.Decode(change.Path, change.After).Text;
            var kept = texts[change.Path] = ConditionalSource.Keep(file.Text, after, symbol);
            if (!IsExact(file.Text, after, kept))
                throw Refused(change.Path, "holds directives that cannot be kept under another condition; exclude the file, or migrate without --keep-v1");
            result[change.Path] = change with { After = file.Encode(kept) };
        }

        await VerifyAsync(texts, cancellationToken);
        foreach (var project in ProjectsOf(texts.Keys))
        {
            var change = result.GetValueOrDefault(project);
            var file = SourceFile.Read(project);
            result[project] = new(project, file.Bytes, file.Encode(WithSymbol(change is null ? file.Text : SourceFile.Decode(project, change.After).Text, project)));
        }

        return [.. result.Values.OrderBy(change => change.Path, StringComparer.Ordinal)];
    }

    private bool IsSource(FileChange change) => change.Before is not null && loaded.Sources.ContainsKey(change.Path);

    private bool IsExact(string before, string after, string kept) =>
        ConditionalSource.IsSameCode(before, kept, symbol) && ConditionalSource.IsSameCode(after, kept)
        && ConditionalSource.Remove(kept, symbol) is { Left.Count: 0 } removed && removed.Text == after;

    private void RefuseUsedSymbol()
    {
        foreach (var (path, file) in loaded.Sources)
        {
            if (!FilesOfOthers.Contains(path) && ConditionalSource.Uses(file.Text, symbol))
                throw new MigrationException(ExitCode.Usage, $"--keep-v1 '{symbol}': {input.Relative(path)} uses that symbol already; choose another one.");
        }

        foreach (var project in loaded.Projects.Select(p => p.Project.File).Distinct())
        {
            if (ProjectOutline.Read(project).ProjectText.Contains($"$({symbol})", StringComparison.OrdinalIgnoreCase))
                throw new MigrationException(ExitCode.Usage, $"--keep-v1 '{symbol}': {input.Relative(project)} uses a property of that name already; choose another one.");
        }
    }

    private IEnumerable<string> ProjectsOf(IEnumerable<string> sources)
    {
        var ids = sources.SelectMany(source => loaded.Solution.GetDocumentIdsWithFilePath(source)).Select(document => document.ProjectId).ToHashSet();
        return loaded.Projects.Where(project => ids.Contains(project.Id)).Select(project => project.Project.File).Distinct(StringComparer.Ordinal);
    }

    private string WithSymbol(string text, string project)
    {
        var end = text.LastIndexOf("</Project>", StringComparison.Ordinal);
        return end < 0 ? throw Refused(project, "has no end tag to define the symbol before") : text.Insert(end, SwitchProperty.Definition(symbol, LineEnds.Usual(text)));
    }

    // With the symbol against the references as they were, without it against V2.
    private async Task VerifyAsync(Dictionary<string, string> texts, CancellationToken cancellationToken)
    {
        var errors = new List<CompilerError>(await verifier.NewErrorsAsync(texts, cancellationToken));
        var solution = texts.Aggregate(loaded.Solution, (current, text) => current.GetDocumentIdsWithFilePath(text.Key)
            .Aggregate(current, (s, document) => s.WithDocumentText(document, SourceText.From(text.Value, loaded.Sources[text.Key].Encoding))));
        foreach (var project in loaded.Projects.Where(p => loaded.Solution.GetProject(p.Id)!.Documents.Any(d => texts.ContainsKey(d.FilePath!))))
        {
            var parse = (CSharpParseOptions)solution.GetProject(project.Id)!.ParseOptions!;
            var withSymbol = solution.WithProjectParseOptions(project.Id, parse.WithPreprocessorSymbols(parse.PreprocessorSymbolNames.Append(symbol)));
            var before = (await Verifier.ErrorsAsync(loaded.Solution.GetProject(project.Id)!, cancellationToken)).ToList();
            errors.AddRange((await Verifier.ErrorsAsync(withSymbol.GetProject(project.Id)!, cancellationToken)).Where(error => !before.Remove(error)));
        }

        if (errors.Count > 0)
            throw new MigrationException(ExitCode.VerificationFailed, $"--keep-v1: one of the two versions would not compile, so nothing was written: {errors[0].File}({errors[0].Line}): {errors[0].Id}: {errors[0].Message}");
    }

    private MigrationException Refused(string path, string why) => new(ExitCode.Usage, $"--keep-v1: {input.Relative(path)} {why}.");
}
