using System.IO.Compression;
using System.Xml.Linq;

namespace MigrationKit.Packaging.Tests;

/// <summary>What a .nupkg file holds.</summary>
internal sealed class Package(string path)
{
    private readonly Dictionary<string, byte[]> _entries = ReadEntries(path);

    /// <summary>The files that were packed, sorted; not what NuGet adds to every package.</summary>
    public IReadOnlyList<string> Files =>
        [.. _entries.Keys.Where(name => name != "[Content_Types].xml" && !name.EndsWith(".nuspec", StringComparison.Ordinal) && !IsRandom(name)).Order(StringComparer.Ordinal)];

    /// <summary>All entries but the two that NuGet names at random.</summary>
    public IReadOnlyDictionary<string, byte[]> Reproducible => _entries.Where(entry => !IsRandom(entry.Key)).ToDictionary();

    public XElement Metadata => XDocument.Load(new MemoryStream(_entries.Single(entry => entry.Key.EndsWith(".nuspec", StringComparison.Ordinal)).Value)).Root!.Elements().Single();

    /// <summary>As <c>id version include="…" exclude="…"</c>, sorted.</summary>
    public IReadOnlyList<string> Dependencies =>
    [
        .. Metadata.Descendants().Where(element => element.Name.LocalName == "dependency")
            .Select(d => $"{d.Attribute("id")!.Value} {d.Attribute("version")!.Value} {string.Join(' ', d.Attributes().Where(a => a.Name.LocalName is "include" or "exclude"))}")
            .Order(StringComparer.Ordinal),
    ];

    public byte[] this[string file] => _entries[file];

    public string? Fact(string element) => Metadata.Elements().SingleOrDefault(e => e.Name.LocalName == element)?.Value;

    private static bool IsRandom(string name) => name == "_rels/.rels" || name.EndsWith(".psmdcp", StringComparison.Ordinal);

    private static Dictionary<string, byte[]> ReadEntries(string path)
    {
        using var archive = ZipFile.OpenRead(path);
        return archive.Entries.ToDictionary(entry => entry.FullName, entry =>
        {
            using var stream = entry.Open();
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        });
    }
}
