using System.IO.Compression;

namespace MigrationKit.Corpus.Tests;

/// <summary>Files that people wrote: those of this repository and those of the SDK's project templates.</summary>
internal static class Originals
{
    public static IReadOnlyList<CorpusFile> OfRepository { get; } =
        [.. RepositoryFiles.Sources.Select(file => new CorpusFile(Path.GetRelativePath(RepositoryFiles.Root, file).Replace('\\', '/'), File.ReadAllText(file)))];

    /// <summary>The templates of the SDK that runs the test; none where it came without.</summary>
    public static IReadOnlyList<CorpusFile> OfTemplates { get; } = [.. ReadTemplates()];

    private static IEnumerable<CorpusFile> ReadTemplates()
    {
        // <root>/shared/Microsoft.NETCore.App/<version>/System.Private.CoreLib.dll
        var root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
        var templates = Path.Combine(root, "templates");
        if (!Directory.Exists(templates))
            yield break;

        foreach (var package in Directory.EnumerateFiles(templates, "*.nupkg", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            using var archive = ZipFile.OpenRead(package);
            foreach (var entry in archive.Entries.Where(entry => entry.FullName.EndsWith(".cs", StringComparison.Ordinal)).OrderBy(entry => entry.FullName, StringComparer.Ordinal))
            {
                using var reader = new StreamReader(entry.Open());
                yield return new CorpusFile($"{Path.GetFileNameWithoutExtension(package)}/{entry.FullName}", reader.ReadToEnd());
            }
        }
    }
}
