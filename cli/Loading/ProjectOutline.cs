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

    /// <summary>False when something only MSBuild can expand decides on references or sources; the project then counts as a candidate.</summary>
    public required bool IsExact { get; init; }

    /// <summary>The text of the project file and of the <c>Directory.*</c> files that apply to it.</summary>
    public required string ProjectText { get; init; }

    public static ProjectOutline Read(string file)
    {
        var folder = Path.GetDirectoryName(file)!;
        var (documents, exact) = Documents(folder, InheritedFiles(folder).Append(file));
        var references = new List<string>();
        var links = new List<string>();
        foreach (var element in documents.Values.SelectMany(d => d.Descendants()).Where(e => e.Name.LocalName is "ProjectReference" or "Compile"))
        {
            if ((string?)element.Attribute("Include") is not { Length: > 0 } include)
                continue;
            var isGlob = include.Contains('*', StringComparison.Ordinal);
            if (include.AsSpan().ContainsAny("$@%") || (isGlob && include.Contains("..", StringComparison.Ordinal)))
                exact = false;
            else if (element.Name.LocalName == "ProjectReference")
                references.AddRange(Split(include).Select(p => Full(folder, p)));
            else if (!isGlob)
                links.AddRange(Split(include).Select(p => Full(folder, p)).Where(System.IO.File.Exists));
        }

        var name = documents.Values.SelectMany(d => d.Descendants()).LastOrDefault(e => e.Name.LocalName == "AssemblyName")?.Value.Trim();
        return new()
        {
            File = file,
            AssemblyName = name is null || name.Contains('$', StringComparison.Ordinal) ? Path.GetFileNameWithoutExtension(file) : name,
            References = references.Distinct(StringComparer.Ordinal).ToList(),
            Sources = SourceFolder.Files(folder, ".cs").Concat(links).Distinct(StringComparer.Ordinal).ToList(),
            IsExact = exact,
            ProjectText = string.Concat(documents.Keys.Select(System.IO.File.ReadAllText)),
        };

        static IEnumerable<string> Split(string list) => list.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
    }

    // The files and what they import, as far as their paths can be read without MSBuild.
    private static (Dictionary<string, XDocument> Documents, bool IsExact) Documents(string folder, IEnumerable<string> files)
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
            foreach (var import in document.Descendants().Where(e => e.Name.LocalName == "Import").Select(e => (string?)e.Attribute("Project")).OfType<string>())
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
