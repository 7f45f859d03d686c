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
        var inherited = InheritedFiles(folder).ToList();
        var exact = true;
        var references = new List<string>();
        var links = new List<string>();
        string? assemblyName = null;

        foreach (var document in inherited.Append(file).Select(TryParse))
        {
            if (document is null)
            {
                exact = false;
                continue;
            }

            assemblyName = document.Descendants().LastOrDefault(e => e.Name.LocalName == "AssemblyName")?.Value.Trim() ?? assemblyName;
            foreach (var element in document.Descendants())
            {
                if (element.Name.LocalName is not ("ProjectReference" or "Compile" or "Import") || Include(element) is not { Length: > 0 } include)
                    continue;
                if (include.AsSpan().ContainsAny("$@%"))
                    exact = false;
                else if (element.Name.LocalName == "ProjectReference")
                    references.AddRange(Split(include).Select(p => Full(folder, p)));
                else if (element.Name.LocalName == "Import")
                    exact = false;
                else if (include.Contains("..", StringComparison.Ordinal) && include.Contains('*', StringComparison.Ordinal))
                    exact = false;
                else if (!include.Contains('*', StringComparison.Ordinal))
                    links.AddRange(Split(include).Select(p => Full(folder, p)).Where(System.IO.File.Exists));
            }
        }

        return new()
        {
            File = file,
            AssemblyName = assemblyName is null || assemblyName.Contains('$', StringComparison.Ordinal) ? Path.GetFileNameWithoutExtension(file) : assemblyName,
            References = references.Distinct(StringComparer.Ordinal).ToList(),
            Sources = SourceFolder.Files(folder, ".cs").Concat(links).Distinct(StringComparer.Ordinal).ToList(),
            IsExact = exact,
            ProjectText = string.Concat(inherited.Append(file).Select(ReadText)),
        };

        static string? Include(XElement e) => (string?)e.Attribute("Include") ?? (string?)e.Attribute("Project");
        static IEnumerable<string> Split(string list) => list.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        static string Full(string folder, string path) => Path.GetFullPath(Path.Combine(folder, path.Replace('\\', Path.DirectorySeparatorChar)));
        static string ReadText(string path) => System.IO.File.ReadAllText(path);
    }

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
