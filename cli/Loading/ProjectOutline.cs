using System.Xml;
using System.Xml.Linq;

namespace MigrationKit.Cli.Loading;

/// <summary>What the text of a project file says about its place in the graph, without evaluating it.</summary>
internal sealed record ProjectOutline
{
    public required string File { get; init; }

    public required string AssemblyName { get; init; }

    /// <summary>Full paths of the referenced projects.</summary>
    public required IReadOnlyList<string> References { get; init; }

    /// <summary>Full paths of the C# files below the project's folder, and of those it links from elsewhere.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>Full paths of assemblies that the project names by their path.</summary>
    public required IReadOnlyList<string> Assemblies { get; init; }

    /// <summary>What restore left; null before the first restore, or when it stands elsewhere than usual.</summary>
    public required string? Assets { get; init; }

    /// <summary>Whether a restore is due before it is known what the project's packages bring.</summary>
    public required bool IsUnrestored { get; init; }

    /// <summary>False when something only MSBuild can expand decides on references or sources; the project then counts as a candidate.</summary>
    public required bool IsExact { get; init; }

    /// <summary>The text of the project file and of the <c>Directory.*</c> files that apply to it.</summary>
    public required string ProjectText { get; init; }

    /// <param name="file">Full path of a project file.</param>
    public static ProjectOutline Read(string file)
    {
        var folder = Path.GetDirectoryName(file)!;
        var (documents, exact) = Documents(file, InheritedFiles(folder).Append(file));
        var references = new List<string>();
        var links = new List<string>();
        var elements = documents.SelectMany(d => d.Value.Descendants().Select(e => (File: d.Key, Element: e))).ToList();
        foreach (var (definedIn, element) in elements.Where(e => e.Element.Name.LocalName is "ProjectReference" or "Compile"))
        {
            if (Expand((string?)element.Attribute("Include"), definedIn, file) is not { Length: > 0 } include)
                continue;
            var isGlob = include.Contains('*', StringComparison.Ordinal);
            if (include.AsSpan().ContainsAny("$@%") || (isGlob && (include.Contains("..", StringComparison.Ordinal) || Path.IsPathRooted(include))))
                exact = false;
            else if (element.Name.LocalName == "ProjectReference")
                references.AddRange(Split(include).Select(p => Full(folder, p)));
            else if (!isGlob)
                links.AddRange(Split(include).Select(p => Full(folder, p)).Where(System.IO.File.Exists));
        }

        var assemblies = elements.Where(e => e.Element.Name.LocalName == "HintPath" || e.Element.Attribute("HintPath") is not null)
            .Select(e => Expand((string?)e.Element.Attribute("HintPath") ?? e.Element.Value.Trim(), e.File, file)!)
            .Select(p => Full(folder, p))
            .Where(System.IO.File.Exists)
            .Distinct(StringComparer.Ordinal);
        var name = elements.LastOrDefault(e => e.Element.Name.LocalName == "AssemblyName").Element?.Value.Trim();
        var assets = Path.Combine(folder, "obj", "project.assets.json");
        var isRestored = System.IO.File.Exists(assets);
        return new()
        {
            File = file,
            AssemblyName = name is null || name.Contains('$', StringComparison.Ordinal) ? Path.GetFileNameWithoutExtension(file) : name,
            References = references.Distinct(StringComparer.Ordinal).ToList(),
            Assemblies = assemblies.ToList(),
            Assets = isRestored ? assets : null,
            // As NuGet tells: something it reads is younger than what it wrote.
            IsUnrestored = elements.Any(e => e.Element.Name.LocalName is "PackageReference" or "GlobalPackageReference")
                && (!isRestored || documents.Keys.Max(System.IO.File.GetLastWriteTimeUtc) > System.IO.File.GetLastWriteTimeUtc(assets)),
            Sources = SourceFolder.Files(folder, ".cs").Concat(links).Distinct(StringComparer.Ordinal).ToList(),
            IsExact = exact && !elements.Any(e => OutputPlaces.Contains(e.Element.Name.LocalName)),
            ProjectText = string.Concat(documents.Keys.Select(System.IO.File.ReadAllText)),
        };

        static IEnumerable<string> Split(string list) => list.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    // With these set, what restore writes stands elsewhere than in 'obj'.
    private static readonly string[] OutputPlaces = ["BaseIntermediateOutputPath", "MSBuildProjectExtensionsPath", "UseArtifactsOutput", "ArtifactsPath"];

    // The properties that every project has before any file sets one.
    private static string? Expand(string? written, string definedIn, string project) => written?
        .Replace("$(MSBuildThisFileDirectory)", Path.GetDirectoryName(definedIn) + "/", StringComparison.OrdinalIgnoreCase)
        .Replace("$(MSBuildProjectDirectory)", Path.GetDirectoryName(project), StringComparison.OrdinalIgnoreCase)
        .Replace("$(ProjectDir)", Path.GetDirectoryName(project) + "/", StringComparison.OrdinalIgnoreCase)
        .Replace("$(MSBuildProjectName)", Path.GetFileNameWithoutExtension(project), StringComparison.OrdinalIgnoreCase);

    // The files and what they import, as far as their paths can be read without MSBuild.
    private static (Dictionary<string, XDocument> Documents, bool IsExact) Documents(string project, IEnumerable<string> files)
    {
        var documents = new Dictionary<string, XDocument>(StringComparer.Ordinal);
        var exact = true;
        var pending = new Queue<string>(files);
        while (pending.TryDequeue(out var file))
        {
            if (documents.ContainsKey(file))
                continue;
            if (TryParse(file) is not { } document)
            {
                exact = false;
                continue;
            }

            documents.Add(file, document);
            foreach (var import in document.Descendants().Where(e => e.Name.LocalName == "Import").Select(e => Expand((string?)e.Attribute("Project"), file, project)).OfType<string>())
            {
                if (import.Contains("GetPathOfFileAbove", StringComparison.Ordinal) && Path.GetDirectoryName(Path.GetDirectoryName(file)) is { } above)
                {
                    foreach (var inherited in InheritedFiles(above))
                        pending.Enqueue(inherited);
                }
                else if (import.AsSpan().ContainsAny("$@%*"))
                {
                    exact = false;
                }
                else if (System.IO.File.Exists(Full(Path.GetDirectoryName(file)!, import)))
                {
                    pending.Enqueue(Full(Path.GetDirectoryName(file)!, import));
                }
            }
        }

        return (documents, exact);
    }

    private static string Full(string folder, string path) => Path.GetFullPath(Path.Combine(folder, path.Replace('\\', Path.DirectorySeparatorChar)));

    /// <summary>The <c>Directory.*</c> files that MSBuild imports for a project in <paramref name="folder"/>: the nearest of each name.</summary>
    public static IEnumerable<string> InheritedFiles(string folder)
    {
        foreach (var name in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props" })
        {
            for (var at = folder; at is not null; at = Path.GetDirectoryName(at))
            {
                var candidate = Path.Combine(at, name);
                if (!System.IO.File.Exists(candidate))
                    continue;
                yield return candidate;
                break;
            }
        }
    }

    private static XDocument? TryParse(string file)
    {
        try
        {
            return XDocument.Load(file);
        }
        catch (XmlException)
        {
            return null; // MSBuild will say what is wrong with it, with line and column
        }
    }
}
