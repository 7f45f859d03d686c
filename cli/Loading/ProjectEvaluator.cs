using System.Collections.Concurrent;
using System.Collections.Immutable;
using MigrationKit.Analyzers;
using Microsoft.Build.Construction;
using Microsoft.Build.Evaluation;
using Microsoft.Build.Evaluation.Context;
using Microsoft.Build.Exceptions;

namespace MigrationKit.Cli.Loading;

/// <summary>Evaluates projects and everything they reference. Uses MSBuild types: call only after <see cref="MSBuildHost.Register"/>.</summary>
/// <remarks>Evaluated as the design-time build wants it, so that the build need not evaluate again.</remarks>
internal sealed class ProjectEvaluator(ImmutableDictionary<string, string> properties, ImmutableArray<MigratedLibrary> libraries) : IDisposable
{
    private static readonly string[] ReferenceItems = ["PackageReference", "PackageVersion", "GlobalPackageReference", "ProjectReference", "Reference"];

    private readonly ProjectCollection _collection = new(properties);
    private readonly EvaluationContext _context = EvaluationContext.Create(EvaluationContext.SharingPolicy.Shared);
    private readonly ConcurrentDictionary<(string File, string? Framework), Lazy<Project>> _projects = [];
    private readonly ConcurrentDictionary<string, string> _assemblyNames = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _failures = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<WrongHintPath> _wrongHintPaths = [];

    /// <summary>Shared with the build.</summary>
    public ProjectCollection Collection => _collection;

    /// <summary>Projects that could not be evaluated, with the reason.</summary>
    public IEnumerable<KeyValuePair<string, string>> Failures => _failures.OrderBy(f => f.Key, StringComparer.Ordinal);

    /// <summary>References whose <c>HintPath</c> names no file.</summary>
    public IEnumerable<WrongHintPath> WrongHintPaths => _wrongHintPaths.OrderBy(h => h.Project, StringComparer.Ordinal).ThenBy(h => h.Name, StringComparer.Ordinal);

    /// <summary>Adds the given projects and their reference closure.</summary>
    /// <param name="files">Full paths.</param>
    /// <param name="result">By full path; what it holds already is not evaluated.</param>
    /// <param name="cancellationToken">Stops between projects.</param>
    public void Evaluate(IEnumerable<string> files, IDictionary<string, EvaluatedProject> result, CancellationToken cancellationToken)
    {
        // Level by level: what a level references is known when all of it is evaluated.
        for (var level = New(files); level.Count > 0; level = New(level.Where(result.ContainsKey).SelectMany(file => result[file].ProjectReferences)))
        {
            foreach (var project in InParallel.Select(level, TryEvaluate, cancellationToken).OfType<EvaluatedProject>())
                result.Add(project.File, project);
        }

        List<string> New(IEnumerable<string> named) =>
            [.. named.Distinct(StringComparer.Ordinal).Where(file => file.EndsWith(".csproj", StringComparison.OrdinalIgnoreCase) && !result.ContainsKey(file) && !_failures.ContainsKey(file))];
    }

    /// <summary>An evaluated project, for one target framework when it has several.</summary>
    public Project Of(EvaluatedProject project, string framework) => Load(project.File, project.IsMultiTargeted ? framework : null);

    public void Dispose() => _collection.Dispose();

    private EvaluatedProject? TryEvaluate(string file)
    {
        try
        {
            return EvaluateOne(file);
        }
        catch (InvalidProjectFileException e)
        {
            _failures[file] = $"{Path.GetFileName(e.ProjectFile)}({e.LineNumber},{e.ColumnNumber}): {e.BaseMessage}";
            return null;
        }
    }

    private EvaluatedProject EvaluateOne(string file)
    {
        var outer = Load(file, null);
        // A TargetFramework from the command line leaves one build, as it does for MSBuild.
        var several = properties.ContainsKey("TargetFramework") ? [] : outer.GetPropertyValue("TargetFrameworks").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var frameworks = several.Length > 0 ? several : [outer.GetPropertyValue("TargetFramework")];
        var inner = several.Length > 0 ? several.Select(framework => Load(file, framework)).ToList() : [outer];

        foreach (var hint in inner.SelectMany(Hints).Where(h => !File.Exists(h.Full)).Distinct())
            _wrongHintPaths.Enqueue(hint);
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

    // A project that others reference may be asked for by several at once, and is evaluated by the first.
    private Project Load(string file, string? framework) => _projects.GetOrAdd((file, framework), key => new(() => Project.FromFile(key.File, new()
    {
        GlobalProperties = new Dictionary<string, string>(key.Framework is null ? properties : properties.SetItem("TargetFramework", key.Framework)),
        ProjectCollection = _collection,
        EvaluationContext = _context,
    }))).Value;

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
            _failures.TryAdd(projectFile, e.BaseMessage);
        }

        return _assemblyNames[projectFile] = name;
    }

    private static string? VersionOf(Project project, ProjectItemElement item) =>
        item.Metadata.FirstOrDefault(m => m.Name is "Version" or "VersionOverride") is { } version ? project.ExpandString(version.Value) : null;
}
