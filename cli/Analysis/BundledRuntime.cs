using System.Collections.Immutable;

namespace MigrationKit.Cli.Analysis;

/// <summary>Reference assemblies of the V2 runtime.</summary>
/// <param name="WithV1">The runtime with V1's obsolete names: state S2, in which rules run.</param>
/// <param name="WithoutV1">The runtime without them: state S3, against which results are verified.</param>
/// <param name="Dependencies">What signatures of both name.</param>
internal sealed record BundledRuntime(
    ImmutableArray<BundledAssembly> WithV1, ImmutableArray<BundledAssembly> WithoutV1, ImmutableArray<BundledAssembly> Dependencies)
{
    private static readonly Lazy<BundledRuntime> EmbeddedRuntime = new(() => new(Read("Reference/S2/"), Read("Reference/S3/"), Read("Reference/Dependencies/")));

    /// <summary>The assemblies that the build put into this one (<c>runtime/ReferenceAssemblies.targets</c>).</summary>
    public static BundledRuntime Embedded => EmbeddedRuntime.Value;

    private static ImmutableArray<BundledAssembly> Read(string prefix)
    {
        var assembly = typeof(BundledRuntime).Assembly;
        return [.. assembly.GetManifestResourceNames().Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(name =>
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var memory = new MemoryStream();
            stream.CopyTo(memory);
            return BundledAssembly.FromImage(memory.ToArray());
        })];
    }
}
