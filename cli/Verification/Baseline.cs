using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MigrationKit.Cli.Loading;

namespace MigrationKit.Cli.Verification;

/// <summary>Makes sure that what is going to be migrated compiles, so that later errors are the tool's own.</summary>
internal sealed class Baseline(InputPath input, LoadedSolution loaded)
{
    private const int Shown = 10;

    /// <summary>Looks at declarations and at the files that can hold a finding: enough to know what the rules see.</summary>
    /// <inheritdoc cref="CheckAsync(Solution, IEnumerable{LoadedProject}, Func{Project, CancellationToken, Task{ImmutableArray{CompilerError}}}, CancellationToken)"/>
    public Task<ImmutableDictionary<string, string>> CheckOutlineAsync(Solution swapped, IEnumerable<LoadedProject> projects, CancellationToken cancellationToken) =>
        CheckAsync(swapped, projects, Verifier.OutlineErrorsAsync, cancellationToken);

    /// <summary>Looks at everything.</summary>
    /// <inheritdoc cref="CheckAsync(Solution, IEnumerable{LoadedProject}, Func{Project, CancellationToken, Task{ImmutableArray{CompilerError}}}, CancellationToken)"/>
    public Task<ImmutableDictionary<string, string>> CheckAsync(Solution swapped, IEnumerable<LoadedProject> projects, CancellationToken cancellationToken) =>
        CheckAsync(swapped, projects, Verifier.ErrorsAsync, cancellationToken);

    /// <param name="swapped">The solution in state S2.</param>
    /// <param name="projects">Where to look.</param>
    /// <param name="errorsOf">What to look for.</param>
    /// <param name="cancellationToken">Stops between projects.</param>
    /// <returns>Projects, by full path, that compile as they are but not once V2 is referenced, with the reason.</returns>
    /// <exception cref="MigrationException">A project does not compile for reasons that have nothing to do with V1 and V2.</exception>
    private async Task<ImmutableDictionary<string, string>> CheckAsync(
        Solution swapped, IEnumerable<LoadedProject> projects, Func<Project, CancellationToken, Task<ImmutableArray<CompilerError>>> errorsOf, CancellationToken cancellationToken)
    {
        var found = new ConcurrentDictionary<LoadedProject, ImmutableArray<CompilerError>>();
        await Parallel.ForEachAsync(projects, cancellationToken, async (project, cancelled) => found[project] = await errorsOf(swapped.GetProject(project.Id)!, cancelled));

        var broken = new List<CompilerError>();
        var bySwap = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (project, errors) in found.Where(f => !f.Value.IsEmpty).OrderBy(f => f.Key.Project.File, StringComparer.Ordinal))
        {
            // Names that V1 alone has are errors on disk when the package was updated first; the swap has mended those.
            var own = (await errorsOf(loaded.Solution.GetProject(project.Id)!, cancellationToken)).Intersect(errors).ToList();
            broken.AddRange(own);
            if (own.Count == 0)
                bySwap[project.Project.File] = $"{Path.GetFileName(project.Project.File)} does not compile once V2 is referenced, before any fix: {errors[0]}";
        }

        if (broken.Count == 0)
            return bySwap.ToImmutable();

        // Once for all target frameworks.
        var all = broken.Select(e => $"{Environment.NewLine}  {(e.File.Length > 0 ? $"{input.Relative(e.File)}({e.Line})" : e.Project)}: {e.Id}: {e.Message}").Distinct().ToList();
        var lines = all.Take(Shown);
        var more = all.Count > Shown ? $"{Environment.NewLine}  and {all.Count - Shown} more" : "";
        var hints = string.Concat(loaded.Notes.Select(n => $"{Environment.NewLine}  note: {n}"));
        throw new MigrationException(ExitCode.LoadFailed, $"'{input.File}' does not compile before the migration; fix this first:{string.Concat(lines)}{more}{hints}");
    }
}
