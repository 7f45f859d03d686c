using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace MigrationKit.Cli.Loading;

/// <summary>Reads the project paths out of a solution without loading MSBuild, so that a clean scan costs only the reading.</summary>
internal static partial class SolutionProjects
{
    private const string Header = "Microsoft Visual Studio Solution File";
    private const string SolutionFolderType = "2150E333-8FDC-42A3-9474-1A3956D46DE8";

    /// <returns>Full paths in the order of the file; projects of every language, whether or not they exist.</returns>
    /// <exception cref="MigrationException">The solution file cannot be read.</exception>
    public static IReadOnlyList<string> Of(InputPath input)
    {
        if (input.IsFilter)
            return OfFilter(input);
        if (!input.IsSolution)
            return [input.File];

        var text = File.ReadAllText(input.File);
        var relative = string.Equals(Path.GetExtension(input.File), ".slnx", StringComparison.OrdinalIgnoreCase)
            ? FromXml(input.File, text)
            : FromText(input.File, text);
        return relative
            .Select(p => Path.GetFullPath(Path.Combine(input.Folder, p.Replace('\\', Path.DirectorySeparatorChar))))
            .Where(p => Path.GetExtension(p).EndsWith("proj", StringComparison.OrdinalIgnoreCase))
            .Distinct(StringComparer.Ordinal)
            .ToList();
    }

    // A line that is not understood is a project that would be left out without a word.
    private static IEnumerable<string> FromText(string file, string text)
    {
        if (!text.Contains(Header, StringComparison.Ordinal))
            throw new MigrationException(ExitCode.LoadFailed, $"'{file}' is not a readable .sln file: the line '{Header}, …' is missing.");
        var projects = ClassicProjectLine().Matches(text);
        var start = AnyProjectLine().Matches(text).FirstOrDefault(line => !projects.Any(p => p.Index == line.Index));
        if (start is not null)
        {
            throw new MigrationException(
                ExitCode.LoadFailed, $"'{file}'({text.AsSpan(0, start.Index).Count('\n') + 1}) is not readable: '{start.Value.Trim()}' is to be Project(\"{{type}}\") = \"name\", \"path\", \"{{id}}\".");
        }

        return projects.Where(m => !string.Equals(m.Groups["type"].Value, SolutionFolderType, StringComparison.OrdinalIgnoreCase)).Select(m => m.Groups["path"].Value);
    }

    private static List<string> FromXml(string file, string text)
    {
        try
        {
            if (XDocument.Parse(text).Root is { Name.LocalName: "Solution" } solution)
                return solution.Descendants("Project").Select(e => (string?)e.Attribute("Path")).OfType<string>().ToList();
            throw new MigrationException(ExitCode.LoadFailed, $"'{file}' is not a readable .slnx file: its outermost element is to be <Solution>.");
        }
        catch (XmlException e)
        {
            throw new MigrationException(ExitCode.LoadFailed, $"'{file}' is not a readable .slnx file: {e.Message}", e);
        }
    }

    private static IReadOnlyList<string> OfFilter(InputPath filter)
    {
        string? path;
        HashSet<string> chosen;
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllText(filter.File), new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            var solution = json.RootElement.GetProperty("solution");
            path = solution.GetProperty("path").GetString();
            chosen = solution.GetProperty("projects").EnumerateArray().Select(p => p.GetString()!.Replace('\\', '/')).ToHashSet(StringComparer.OrdinalIgnoreCase);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new MigrationException(
                ExitCode.LoadFailed, $$"""'{{filter.File}}' is not a readable .slnf file ({ "solution": { "path": …, "projects": […] } } is expected): {{e.Message}}""", e);
        }

        var file = Path.GetFullPath(Path.Combine(filter.Folder, (path ?? "").Replace('\\', Path.DirectorySeparatorChar)));
        if (!File.Exists(file))
            throw new MigrationException(ExitCode.LoadFailed, $"'{filter.File}' filters the solution '{file}', which does not exist.");
        var whole = InputPath.Resolve(file);
        if (!whole.IsSolution)
            throw new MigrationException(ExitCode.LoadFailed, $"'{filter.File}' filters '{file}', which is no .sln or .slnx file.");
        var projects = Of(whole);
        var unknown = chosen.Except(projects.Select(whole.Relative), StringComparer.OrdinalIgnoreCase).ToList();
        if (unknown.Count > 0)
            throw new MigrationException(ExitCode.LoadFailed, $"'{filter.File}' lists projects that '{file}' does not have: {string.Join(", ", unknown)}");
        return projects.Where(p => chosen.Contains(whole.Relative(p))).ToList();
    }

    [GeneratedRegex(@"^[ \t]*Project\([^\r\n]*", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex AnyProjectLine();

    [GeneratedRegex("""^[ \t]*Project\("\{(?<type>[^}]*)\}"\)\s*=\s*"[^"]*"\s*,\s*"(?<path>[^"]+)"\s*,""", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex ClassicProjectLine();
}
