namespace MigrationKit.Cli.Loading;

/// <summary>Lists the files of a source tree without what builds and tools leave in it.</summary>
internal static class SourceFolder
{
    private static readonly HashSet<string> Skipped = new(StringComparer.OrdinalIgnoreCase) { "bin", "obj", ".git", ".vs", ".migrationkit", "node_modules" };

    /// <summary>Whether folders of that name hold what builds and tools leave.</summary>
    public static bool IsSkipped(string name) => Skipped.Contains(name);

    /// <summary>Full paths of the files with one of the extensions, every file when none is given; symbolic links to folders are not followed.</summary>
    public static IEnumerable<string> Files(string folder, params string[] extensions)
    {
        var pending = new Stack<DirectoryInfo>([new DirectoryInfo(folder)]);
        while (pending.TryPop(out var current))
        {
            foreach (var entry in current.EnumerateFileSystemInfos())
            {
                if (entry is DirectoryInfo directory)
                {
                    if (!Skipped.Contains(directory.Name) && directory.LinkTarget is null)
                        pending.Push(directory);
                }
                else if (extensions.Length == 0 || extensions.Contains(entry.Extension, StringComparer.OrdinalIgnoreCase))
                {
                    yield return entry.FullName;
                }
            }
        }
    }
}
