using System.Security.Cryptography;

namespace MigrationKit.Samples.Tests;

/// <summary>The files of a folder without what building, running and migrating leave there.</summary>
internal static class FileTree
{
    private static readonly string[] Left = ["bin", "obj", ".migrationkit", "TestResults"];

    /// <returns>Relative path to SHA-256.</returns>
    public static SortedDictionary<string, string> Hashes(string folder)
    {
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var path in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var relative = Path.GetRelativePath(folder, path).Replace('\\', '/');
            if (!relative.Split('/').Intersect(Left).Any() && !relative.EndsWith(".wav", StringComparison.Ordinal))
                hashes.Add(relative, Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path))));
        }

        return hashes;
    }
}
