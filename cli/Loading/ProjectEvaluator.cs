using System.Collections.Immutable;
using MigrationKit.Analyzers;
using Microsoft.Build.Construction;
using Microsoft.Build.Evaluation;
using Microsoft.Build.Exceptions;

namespace MigrationKit.Cli.Loading;

/// <summary>Evaluates projects and everything they reference. Uses MSBuild types: call only after <see cref="MSBuildHost.Register"/>.</summary>
/// <remarks>Evaluated as the design-time build wants it, so that the build need not evaluate again.</remarks>
internal sealed class ProjectEvaluator(ImmutableDictionary<string, string> properties, ImmutableArray<MigratedLibrary> libraries) : IDisposable
{
    private static readonly string[] ReferenceItems = ["PackageReference", "PackageVersion", "GlobalPackageReference", "ProjectReference", "Reference"];

    private readonly ProjectCollection _collection = new(properties);
    private readonly Dictionary<(string File, string? Framework), Project> _projects = [];
    private readonly Dictionary<string, string> _assemblyNames = new(StringComparer.Ordinal);

    /// <summary>Shared with the build.</summary>
    public ProjectCollection Collection => _collection;

    /// <summary>Projects that could not be evaluated, with the reason.</summary>
    public Dictionary<string, string> Failures { get; } = new(StringComparer.Ordinal);

    /// <summary>References whose <c>HintPath</c> names no file.</summary>
    public List<WrongHintPath> WrongHintPaths { get; } = [];

    /// <summary>Adds the given projects and their reference closure.</summary>
    /// <param name="files">Full paths.</param>
    /// <param name="result">By full path; what it holds already is not evaluated.</param>
    /// <param name="cancellationToken">Stops between projects.</param>
    public void Evaluate(IEnumerable<string> files, IDictionary<string, EvaluatedProject> result, CancellationToken cancellationToken)
    {
        var pending = new Queue<string>(files);
        while (pending.TryDequeue(out var file))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (result.ContainsKey(file) || Failures.ContainsKey(file) || !file.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase))
                continue;
            try
            {
                var project = EvaluateOne(file);
                result.Add(file, project);
                foreach (var reference in project.ProjectReferences)
                    pending.Enqueue(reference);
            }
            catch (InvalidProjectFileException e)
            {
                Failures.Add(file, $"{Path.GetFileName(e.ProjectFile)}({e.LineNumber},{e.ColumnNumber}): {e.BaseMessage}");
            }
        }
    }

    /// <summary>An evaluated project, for one target framework when it has several.</summary>
    public Project Of(EvaluatedProject project, string framework) => Load(project.File, project.IsMultiTargeted ? framework : null);

    public void Dispose() => _collection.Dispose();

    private EvaluatedProject EvaluateOne(string file)
    {
        var outer = Load(file, null);
        // A TargetFramework from the command line leaves one build, as it does for MSBuild.
        var several = properties.ContainsKey("TargetFramework") ? [] : outer.GetPropertyValue("TargetFrameworks").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var frameworks = several.Length > 0 ? several : [outer.GetPropertyValue("TargetFramework")];
        var inner = several.Length > 0 ? several.Select(framework => Load(file, framework)).ToList() : [outer];

        WrongHintPaths.AddRange(inner.SelectMany(Hints).Where(h => !File.Exists(h.Full)).Distinct());
        return new(
            file,
            inner[0].GetPropertyValue("AssemblyName"),
            VersionOf(inner[0]),
            [.. frameworks],
            several.Length > 0,
            inner[0].GetPropertyValue("OutputType") is var type && !string.Equals(type, "Library", StringComparison.OrdinalIgnoreCase),
            string.Equals(inner[0].GetPropertyValue("ManagePackageVersionsCentrally"), "true", StringComparison.OrdinalIgnoreCase),
            [.. inner.SelectMany(p => p.GetItems("ProjectReference")).Select(FullPath).Distinct(StringComparer.Ordinal)],
            [.. inner.SelectMany(References).Distinct()]);
    }

    private Project Load(string file, string? framework)
    {
        if (_projects.TryGetValue((file, framework), out var known))
            return known;
        var global = framework is null ? properties : properties.SetItem("TargetFramework", framework);
        return _projects[(file, framework)] = new(file, new Dictionary<string, string>(global), null, _collection);
    }

    private static Version? VersionOf(Project project)
    {
        var written = project.GetPropertyValue("AssemblyVersion") is { Length: > 0 } assembly ? assembly : project.GetPropertyValue("Version");
        return Version.TryParse(written.Split('-', '+')[0], out var version) ? version : null;
    }

    private static IEnumerable<WrongHintPath> Hints(Project project) =>
        from item in project.GetItems("Reference")
        let path = item.GetMetadataValue("HintPath")
        where path.Length > 0
        select new WrongHintPath(
            project.FullPath, item.EvaluatedInclude.Split(',')[0].Trim(), path, Path.GetFullPath(Path.Combine(project.DirectoryPath, path.Replace('\\', Path.DirectorySeparatorChar))));

    private static string FullPath(ProjectItem item) => Path.GetFullPath(item.GetMetadataValue("FullPath"));

    // Elements under a condition that is false today are migrated as well: the next configuration may need them.
    private IEnumerable<LibraryReference> References(Project project)
    {
        var roots = project.Imports.Select(i => i.ImportedProject).Where(r => IsUsers(project, r.FullPath)).Prepend(project.Xml);
        foreach (var root in roots)
        {
            foreach (var item in root.Items.Where(i => ReferenceItems.Contains(i.ItemType)))
            {
                var written = item.Include is { Length: > 0 } include ? include : item.Update;
                if (written.Length == 0)
                    continue;
                var names = project.ExpandString(written).Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                foreach (var name in names)
                {
                    if (LibraryOf(project, item, name) is { } library)
                        yield return new(library, item.ItemType, root.FullPath, item.Location.Line, item.Location.Column, VersionOf(project, item), names.Length);
                }
            }
        }
    }

    internal static bool IsUsers(Project project, string file) =>
        !file.StartsWith(project.GetPropertyValue("NetCoreRoot") is { Length: > 0 } sdk ? sdk : AppContext.BaseDirectory, StringComparison.Ordinal)
        && !file.StartsWith(project.GetPropertyValue("NuGetPackageRoot") is { Length: > 0 } packages ? packages : "\0", StringComparison.Ordinal)
        && !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal);

    private string? LibraryOf(Project project, ProjectItemElement item, string name)
    {
        var simple = item.ItemType switch
        {
            "ProjectReference" => AssemblyNameOf(Path.GetFullPath(Path.Combine(project.DirectoryPath, name.Replace('\\', Path.DirectorySeparatorChar)))),
            // A strong name, or a path to the file itself.
            "Reference" => name.Split(',')[0].Trim() is var reference && reference.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
                ? Path.GetFileNameWithoutExtension(reference.Replace('\\', '/'))
                : reference,
            _ => name,
        };
        return libraries.FirstOrDefault(l => string.Equals(l.Name, simple, StringComparison.OrdinalIgnoreCase))?.Name;
    }

    private string? AssemblyNameOf(string projectFile)
    {
        if (_assemblyNames.TryGetValue(projectFile, out var known))
            return known;
        if (!File.Exists(projectFile))
            return null;
        var name = "";
        try
        {
            name = Load(projectFile, null).GetPropertyValue("AssemblyName");
        }
        catch (InvalidProjectFileException e)
        {
            Failures.TryAdd(projectFile, e.BaseMessage);
        }

        return _assemblyNames[projectFile] = name;
    }

    private static string? VersionOf(Project project, ProjectItemElement item) =>
        item.Metadata.FirstOrDefault(m => m.Name is "Version" or "VersionOverride") is { } version ? project.ExpandString(version.Value) : null;
}
