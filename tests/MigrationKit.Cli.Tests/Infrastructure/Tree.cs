using MigrationKit.Cli.Loading;
using MigrationKit.Cli.Writing;

namespace MigrationKit.Cli.Tests.Infrastructure;

/// <summary>A small tree of files, and what a run does to it: two files change in two folders, one is added, one is not touched.</summary>
internal static class Tree
{
    private static readonly (string Path, string? Before, string? After)[] Files =
    [
        ("a.cs", "old a\r\n", "new a\r\n"),
        ("config.yaml", null, "new: true\n"),
        ("sub/b.cs", "old b, no line end", "new b, no line end"),
        ("sub/untouched.cs", "as it was\n", null),
        ("x.sln", "\n", null),
    ];

    public static void Create(string root)
    {
        foreach (var (path, before, _) in Files.Where(f => f.Before is not null))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(root, path))!);
            File.WriteAllText(Path.Combine(root, path), before);
        }
    }

    public static FileChange[] Changes(string root) =>
    [
        .. Files.Where(f => f.After is not null)
            .Select(f => new FileChange(Path.Combine(root, f.Path), f.Before is null ? null : Bytes(f.Before), Bytes(f.After!))),
    ];

    /// <summary>So many files that a run takes long enough to be killed at any time in it.</summary>
    public static void CreateMany(string root)
    {
        foreach (var change in ManyChanges(root))
            File.WriteAllBytes(change.Path, change.Before!);
        File.WriteAllText(Path.Combine(root, "x.sln"), "\n");
    }

    public static FileChange[] ManyChanges(string root) =>
        [.. Enumerable.Range(0, 100).Select(i => new FileChange(Path.Combine(root, $"{i:D3}.cs"), Bytes($"old {i}\n"), Bytes($"new {i}\n")))];

    /// <summary>Every file with its hash and mode but those of the tool's own folder.</summary>
    public static SortedDictionary<string, string> State(string root)
    {
        var state = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.EnumerateFiles(root, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = 0 }))
        {
            var path = Path.GetRelativePath(root, file);
            if (!path.StartsWith(".migrationkit", StringComparison.Ordinal))
                state.Add(path, $"{SourceFile.Hash(File.ReadAllBytes(file))} {(OperatingSystem.IsWindows() ? UnixFileMode.None : File.GetUnixFileMode(file))}");
        }

        return state;
    }

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
