using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace MigrationKit.Cli.Loading;

/// <summary>The projects of a run as the compiler sees them, with the bytes they were read from.</summary>
/// <param name="Solution">References and texts as they are on disk.</param>
/// <param name="Projects">One entry per project and target framework.</param>
/// <param name="Sources">Every source file by full path.</param>
/// <param name="Notes">What the user should know about the load although it worked.</param>
internal sealed record LoadedSolution(
    Solution Solution,
    ImmutableArray<LoadedProject> Projects,
    ImmutableDictionary<string, SourceFile> Sources,
    ImmutableArray<string> Notes)
{
    public IEnumerable<LoadedProject> Candidates => Projects.Where(p => p.Role == ProjectRole.Candidate);

    public LoadedProject Of(ProjectId id) => Projects.First(p => p.Id == id);
}
