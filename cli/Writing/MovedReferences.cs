using System.Text.RegularExpressions;

namespace MigrationKit.Cli.Writing;

/// <summary>Keeps relative paths that leave a copied tree pointing at what they pointed at.</summary>
/// <param name="from">The folder that is copied.</param>
/// <param name="to">Where the copy stands.</param>
internal sealed partial class MovedReferences(string from, string to)
{
    private static readonly string[] Extensions = [".csproj", ".vbproj", ".fsproj", ".props", ".targets", ".sln", ".slnx", ".json"];

    /// <summary>Whether files of this name can hold such paths.</summary>
    public static bool Concerns(string file) =>
        Extensions.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)
        && (!file.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || Path.GetFileName(file) == ".migrationkit.json");

    /// <param name="file">Full path of the original file: its paths are relative to its folder.</param>
    /// <param name="text">Its text.</param>
    /// <returns>The text with every existing target outside the copied folder re-based.</returns>
    public string Rebase(string file, string text)
    {
        var folder = Path.GetDirectoryName(file)!;
        var newFolder = Path.GetFullPath(Path.Combine(to, Path.GetRelativePath(from, folder)));
        return LeavingPath().Replace(text, match =>
        {
            var written = match.Groups["path"].Value;
            var target = Path.GetFullPath(Path.Combine(folder, written.Replace('\\', Path.DirectorySeparatorChar)));
            var fixedPart = target.Split('*', '$')[0];
            var exists = File.Exists(target) || Directory.Exists(fixedPart.Length < target.Length ? Path.GetDirectoryName(fixedPart) : target);
            if (!exists || IsInside(target, from))
                return match.Value;
            var relative = Path.GetRelativePath(newFolder, target);
            return written.Contains('\\', StringComparison.Ordinal)
                ? relative.Replace('/', '\\').Replace(@"\", match.Value.Contains(@"\\", StringComparison.Ordinal) ? @"\\" : @"\", StringComparison.Ordinal)
                : relative.Replace('\\', '/');
        });
    }

    public static bool IsInside(string path, string folder) =>
        path == folder || path.StartsWith(folder.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    // A path that starts with '..', behind a quote, a tag, a list separator, or the property that means the same folder.
    [GeneratedRegex("""(?<=["'>;]\s*(\$\(MSBuild(ThisFile|Project)Directory\)[\\/]?)?)(?<path>\.\.[\\/][^"'<>;\r\n]*)""", RegexOptions.CultureInvariant)]
    private static partial Regex LeavingPath();
}
