using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MigrationKit.Analyzers;
using MigrationKit.Cli.Loading;

namespace MigrationKit.Cli.Analysis;

/// <summary>Replaces references to a migrated library, of whatever kind and version, by the bundled runtime.</summary>
internal sealed class StateSwap(LoadedSolution loaded, RuleEngine engine)
{
    /// <param name="runtime">The runtime's assemblies, with or without V1's names.</param>
    /// <param name="except">Projects that keep their references.</param>
    public Solution Apply(ImmutableArray<BundledAssembly> runtime, IReadOnlySet<string> except)
    {
        var solution = loaded.Solution;
        foreach (var project in loaded.Projects.Where(p => p.Role != ProjectRole.Library && !except.Contains(p.Project.File)))
            solution = Apply(solution, project.Id, runtime);
        return solution;
    }

    private Solution Apply(Solution solution, ProjectId id, ImmutableArray<BundledAssembly> runtime)
    {
        var project = solution.GetProject(id)!;
        var swapped = new List<(BundledAssembly Assembly, MetadataReferenceProperties Properties)>();
        foreach (var reference in project.ProjectReferences)
        {
            if (Bundled(runtime, solution.GetProject(reference.ProjectId)?.AssemblyName) is { } assembly)
            {
                swapped.Add((assembly, new(aliases: reference.Aliases)));
                solution = solution.RemoveProjectReference(id, reference);
            }
        }

        foreach (var reference in project.MetadataReferences.OfType<PortableExecutableReference>())
        {
            if (Bundled(runtime, Path.GetFileNameWithoutExtension(reference.FilePath)) is { } assembly)
            {
                swapped.Add((assembly, reference.Properties));
                solution = solution.RemoveMetadataReference(id, reference);
            }
        }

        if (swapped.Count == 0)
            return solution;

        foreach (var (assembly, properties) in swapped.DistinctBy(s => s.Assembly.Name))
            solution = solution.AddMetadataReference(id, assembly.Reference.WithProperties(properties));
        return AddDependencies(solution, id);
    }

    // As NuGet does it: of two versions of a dependency the higher one.
    private Solution AddDependencies(Solution solution, ProjectId id)
    {
        foreach (var dependency in engine.Runtime.Dependencies)
        {
            var project = solution.GetProject(id)!;
            if (project.ProjectReferences.Any(r => solution.GetProject(r.ProjectId)?.AssemblyName == dependency.Name))
                continue;
            var present = project.MetadataReferences.OfType<PortableExecutableReference>()
                .FirstOrDefault(r => string.Equals(Path.GetFileNameWithoutExtension(r.FilePath), dependency.Name, StringComparison.OrdinalIgnoreCase));
            if (present is not null && System.Reflection.AssemblyName.GetAssemblyName(present.FilePath!).Version >= dependency.Version)
                continue;
            if (present is not null)
                solution = solution.RemoveMetadataReference(id, present);
            solution = solution.AddMetadataReference(id, dependency.Reference);
        }

        return solution;
    }

    private BundledAssembly? Bundled(ImmutableArray<BundledAssembly> runtime, string? name) =>
        name is not null && engine.Libraries.Any(l => Is(l, name))
            ? runtime.FirstOrDefault(a => string.Equals(a.Name, name, StringComparison.OrdinalIgnoreCase))
            : null;

    /// <summary>Which libraries a project sees in their V1.</summary>
    public ImmutableHashSet<string> V1Libraries(ProjectId id)
    {
        var project = loaded.Solution.GetProject(id)!;
        var versions = project.ProjectReferences
            .Select(r => loaded.Of(r.ProjectId).Project)
            .Select(p => (Name: p.AssemblyName, p.Version))
            .Concat(project.MetadataReferences.OfType<PortableExecutableReference>()
                .Where(r => engine.Libraries.Any(l => Is(l, Path.GetFileNameWithoutExtension(r.FilePath))))
                .Select(r => System.Reflection.AssemblyName.GetAssemblyName(r.FilePath!))
                .Select(a => (Name: a.Name!, a.Version)))
            .ToList();
        return engine.Libraries
            .Where(l => versions.Any(v => Is(l, v.Name) && v.Version is { } version && new Version(version.Major, version.Minor, Math.Max(version.Build, 0)) < l.FirstV2))
            .Select(l => l.Name)
            .ToImmutableHashSet(StringComparer.Ordinal);
    }

    private static bool Is(MigratedLibrary library, string? name) => string.Equals(library.Name, name, StringComparison.OrdinalIgnoreCase);
}
