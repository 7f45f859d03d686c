using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace MigrationKit.Tests.Verifiers;

/// <summary>The metadata references of each state: the framework of the test host and the reference assemblies embedded at build time.</summary>
public static class StateReferences
{
    private static readonly ConcurrentDictionary<CodeState, ImmutableArray<MetadataReference>> Cache = new();

    private static readonly Lazy<ImmutableArray<MetadataReference>> Framework = new(() =>
        Directory.GetFiles(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "*.dll")
            .Where(IsManaged)
            .Select(file => (MetadataReference)MetadataReference.CreateFromFile(file))
            .ToImmutableArray());

    public static ImmutableArray<MetadataReference> Of(CodeState state) =>
        Cache.GetOrAdd(state, static s => [.. Framework.Value, .. Embedded($"Reference/{s}/"), .. Embedded("Reference/Dependencies/")]);

    /// <summary>The framework alone: code that has nothing to do with the migrated libraries.</summary>
    public static ImmutableArray<MetadataReference> FrameworkOnly => Framework.Value;

    private static IEnumerable<MetadataReference> Embedded(string prefix)
    {
        var assembly = typeof(StateReferences).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            yield return MetadataReference.CreateFromStream(stream, filePath: name);
        }
    }

    private static bool IsManaged(string file)
    {
        using var stream = File.OpenRead(file);
        using var reader = new System.Reflection.PortableExecutable.PEReader(stream);
        return reader.HasMetadata;
    }
}
