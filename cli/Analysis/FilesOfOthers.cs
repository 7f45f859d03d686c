namespace MigrationKit.Cli.Analysis;

/// <summary>Sources that a project compiles and nobody edits: what builds write, and what packages bring.</summary>
internal static class FilesOfOthers
{
    private static readonly string Packages =
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } configured
            ? configured
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    public static bool Contains(string path) =>
        path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        || path.StartsWith(Packages + Path.DirectorySeparatorChar, StringComparison.Ordinal);
}
