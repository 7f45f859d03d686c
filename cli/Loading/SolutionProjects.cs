using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace MigrationKit.Cli.Loading;

/// <summary>Reads the project paths out of a solution without loading MSBuild, so that a clean scan costs only the reading.</summary>
internal static partial class SolutionProjects
{
    private const string SolutionFolderType = "2150E333-8FDC-42A3-9474-1A3956D46DE8";

    /// <returns>Full paths in the order of the file; projects of every language, whether or not they exist.</returns>
    /// <exception cref="MigrationException">The solution file cannot be read.</exception>
    public static IReadOnlyList<string> Of(InputPath input)
    {
        if (!input.IsSolution)
            return [input.File];

        var text = File.ReadAllText(input.File);
        var relative = string.Equals(Path.GetExtension(input.File), ".slnx", StringComparison.OrdinalIgnoreCase)
            ? FromXml(input.File, text)
            : ClassicProjectLine().Matches(text)
                .Where(m => !string.Equals(m.Groups["type"].Value, SolutionFolderType, StringComparison.OrdinalIgnoreCase))
                .Select(m => m.Groups["path"].Value);
        return relative
            .Select(p => Path.GetFullPath(Path.Combine(input.Folder, p.Replace('\\', Path.DirectorySeparatorChar))))
            .Where(p => Path.GetExtension(p).EndsWith("proj", StringComparison.OrdinalIgnoreCase))
            .Distinct(StringComparer.Ordinal)
            .ToList();
    }

    private static List<string> FromXml(string file, string text)
    {
        try
        {
            return XDocument.Parse(text).Descendants("Project").Select(e => (string?)e.Attribute("Path")).OfType<string>().ToList();
        }
        catch (XmlException e)
        {
            throw new MigrationException(ExitCode.LoadFailed, $"'{file}' is not a readable .slnx file: {e.Message}", e);
        }
    }

    [GeneratedRegex("""^\s*Project\("\{(?<type>[^}]*)\}"\)\s*=\s*"[^"]*"\s*,\s*"(?<path>[^"]+)"\s*,""", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex ClassicProjectLine();
}
