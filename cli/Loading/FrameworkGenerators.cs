namespace MigrationKit.Cli.Loading;

/// <summary>The source generators that come with .NET for every project. Each answers to attributes of its own, so that it has nothing to do where no source says their name.</summary>
/// <remarks>Most projects use none of them, and starting them all costs more than binding a small project.</remarks>
internal static class FrameworkGenerators
{
    private static readonly Dictionary<string, string[]> Attributes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["System.Text.Json.SourceGeneration"] = ["JsonSerializable"],
        ["System.Text.RegularExpressions.Generator"] = ["GeneratedRegex"],
        ["Microsoft.Interop.LibraryImportGenerator"] = ["LibraryImport"],
        ["Microsoft.Interop.ComInterfaceGenerator"] = ["GeneratedComInterface", "GeneratedComClass"],
        ["Microsoft.Interop.JavaScript.JSImportGenerator"] = ["JSImport", "JSExport"],
    };

    /// <param name="generator">Path of the generator's assembly.</param>
    /// <param name="sources">All sources of a project.</param>
    /// <returns>Whether it may add anything to the project; <see langword="true"/> for every generator that is not known here.</returns>
    public static bool CanGenerate(string generator, IEnumerable<string> sources) =>
        !Attributes.TryGetValue(Path.GetFileNameWithoutExtension(generator), out var attributes)
        || sources.Any(source => attributes.Any(attribute => source.Contains(attribute, StringComparison.Ordinal)));
}
