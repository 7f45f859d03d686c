using System.Collections.Immutable;
using MigrationKit.Cli.Fixing;
using MigrationKit.Cli.Loading;
using MigrationKit.Cli.ProjectFiles;
using MigrationKit.Cli.Writing;

namespace MigrationKit.Cli.Reporting;

/// <summary>What a person does after a run.</summary>
internal sealed class NextSteps(InputPath input, MigrationOptions options)
{
    public ImmutableArray<string> For(ImmutableArray<FileChange> changes, ProjectFindings projects)
    {
        if (!options.Fix || changes.IsEmpty)
            return [];
        var steps = ImmutableArray.CreateBuilder<string>();
        if (options.NoPackages)
            steps.Add("References were left alone (--no-packages): the code compiles once V2 is referenced.");
        if (options.Output is not null)
        {
            var inherited = ProjectOutline.InheritedFiles(input.Folder).Where(f => !MovedReferences.IsInside(f, input.Folder)).Select(input.Relative).ToList();
            if (inherited.Count > 0)
                steps.Add($"The original inherits {string.Join(", ", inherited)}; the copy inherits what stands above '{options.Output}'.");
        }

        var solution = options.Output is null ? input.File : Path.Combine(options.Output, Path.GetFileName(input.File));
        if (!options.NoPackages && PackageLock.Of(projects.ReferencingProjects).Select(input.Relative).ToList() is { Count: > 0 } locks)
            steps.Add($"Renew {string.Join(", ", locks)}: {PackageLock.Renewal}");
        if (!options.DryRun)
            steps.Add($"Build: dotnet build {Quote(solution)}");
        if (projects.ClosedProjects.Count > 0)
            steps.Add($"Left as they were: {string.Join(", ", projects.ClosedProjects.Keys.Select(input.Relative).Order(StringComparer.Ordinal))}.");
        if (options is { DryRun: false, Output: null })
            steps.Add($"Undo, in {Quote(input.Folder)}: migrationkit rollback");
        return steps.ToImmutable();
    }

    private static string Quote(string path) => path.Contains(' ', StringComparison.Ordinal) ? $"\"{path}\"" : path;
}
