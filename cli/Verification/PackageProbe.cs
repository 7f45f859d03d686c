using System.Collections.Immutable;
using System.Security;
using MigrationKit.Analyzers;
using MigrationKit.Cli.Loading;

namespace MigrationKit.Cli.Verification;

/// <summary>Asks the user's package sources for the V2 packages that a run is going to reference: the bundled runtime, which verification compiles against, cannot tell.</summary>
internal sealed class PackageProbe(InputPath input, MigrationOptions options)
{
    private static readonly string[] SourceFiles = ["nuget.config", "NuGet.config", "NuGet.Config"];

    // Global properties win over whatever the solution's own files say: the question is about V2's packages alone.
    private static readonly ImmutableDictionary<string, string> Alone = new Dictionary<string, string>
    {
        ["ManagePackageVersionsCentrally"] = "false",
        ["ImportDirectoryPackagesProps"] = "false",
        ["UseArtifactsOutput"] = "false",
        ["BaseIntermediateOutputPath"] = "obj/",
        ["RestorePackagesWithLockFile"] = "false",
        ["RestoreLockedMode"] = "false",
        ["TreatWarningsAsErrors"] = "false",
        ["NuGetAudit"] = "false",
        ["UseAppHost"] = "false",
    }.ToImmutableDictionary();

    /// <param name="packages">Full paths of projects, with what they are going to reference.</param>
    /// <param name="cancellationToken">Ends the restore.</param>
    /// <returns>What does not restore and why; null when everything does, or when the run was told not to restore.</returns>
    public string? Ask(IEnumerable<(string Project, MigratedLibrary Library)> packages, CancellationToken cancellationToken)
    {
        if (options.NoRestore || options.NoPackages || options.BinaryLog is not null)
            return null;

        // Projects under the same configuration get the same answer.
        var questions = packages.GroupBy(p => p.Project, p => p.Library, StringComparer.Ordinal)
            .Select(p => (Project: p.Key, Libraries: p.DistinctBy(l => l.Name).OrderBy(l => l.Name, StringComparer.Ordinal).ToList()))
            .OrderBy(p => p.Project, StringComparer.Ordinal)
            .DistinctBy(p => string.Join('|', p.Libraries.Select(l => l.Name).Concat(Surroundings(Path.GetDirectoryName(p.Project)!))))
            .ToList();
        if (questions.Count == 0)
            return null;

        MSBuildHost.Register(input.Folder); // answers from the cache have not needed it
        var problems = questions.Select(q => (q.Project, Errors: Restore(q.Project, q.Libraries, cancellationToken))).Where(q => !q.Errors.IsEmpty).ToList();
        return problems.Count == 0
            ? null
            : "V2 compiles, but its packages do not restore yet; add a source that holds them to nuget.config before the next build: "
                + string.Join("; ", problems.Select(p => $"{input.Relative(p.Project)}: {string.Join(", ", p.Errors)}"));
    }

    private ImmutableArray<string> Restore(string project, IEnumerable<MigratedLibrary> libraries, CancellationToken cancellationToken)
    {
        // Below the project, so that NuGet finds the configuration that the project has.
        var folder = Path.Combine(Path.GetDirectoryName(project)!, "obj", "migrationkit", $"v2-{Guid.NewGuid():N}");
        var probe = Path.Combine(folder, Path.GetFileName(project));
        Directory.CreateDirectory(folder);
        try
        {
            var references = libraries.Select(l => $"""<PackageReference Include="{l.Name}" Version="{SecurityElement.Escape(l.V2Range)}" />""");
            File.WriteAllText(probe, $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
                  <ItemGroup>{string.Concat(references)}</ItemGroup>
                </Project>
                """);
            return SolutionLoader.Restore(options with { Properties = options.Properties.SetItems(Alone) }, [probe], cancellationToken);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<string> Surroundings(string folder)
    {
        foreach (var inherited in ProjectOutline.InheritedFiles(folder))
            yield return inherited;
        for (var at = folder; at is not null; at = Path.GetDirectoryName(at))
        {
            foreach (var file in SourceFiles.Select(name => Path.Combine(at, name)).Where(File.Exists))
                yield return file;
        }
    }
}
