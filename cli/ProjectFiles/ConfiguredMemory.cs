using System.Globalization;
using MigrationKit.Cli.Analysis;
using MigrationKit.Cli.Loading;
using VoiceForge;

namespace MigrationKit.Cli.ProjectFiles;

/// <summary>MKP002: a <c>config.yaml</c> that asks for more memory than there is.</summary>
internal static class ConfiguredMemory
{
    public const string FileName = "config.yaml";

    /// <param name="folder">Where the file may stand.</param>
    /// <param name="machineGb">What the machine or container has, in GiB.</param>
    /// <returns>At most one finding; none for a file that is not a valid configuration, which the runtime and <c>doctor</c> refuse by line.</returns>
    public static IEnumerable<PlacedText> Find(string folder, double machineGb)
    {
        var file = Path.Combine(folder, FileName);
        if (!File.Exists(file) || Wanted(file) is not { } wanted || wanted <= machineGb)
            return [];
        var text = SourceFile.Read(file).Text;
        var at = Math.Max(0, text.IndexOf("allocation", StringComparison.Ordinal));
        return
        [
            PlacedText.At(
                ProjectRules.ConfiguredMemory, file, text, at,
                string.Create(CultureInfo.InvariantCulture, $"Configure no more memory than there is: the sizes add up to {wanted:0.##} GiB, this machine has {machineGb:0.#} GiB"),
                "lower 'resources.allocation.model_cache_gb' and 'resources.allocation.feature_cache_gb'; ignore this if the program runs on a larger machine"),
        ];
    }

    private static double? Wanted(string file)
    {
        try
        {
            var sizes = VoiceForgeConfig.Load(file).Resources.Allocation;
            return sizes.AudioBuffersGb + sizes.ModelCacheGb + sizes.FeatureCacheGb;
        }
        catch (VoiceForgeConfigException)
        {
            return null; // another rule's business: a file of this name may also belong to another program
        }
    }
}
