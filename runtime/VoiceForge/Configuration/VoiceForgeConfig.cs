using System.Globalization;
using VoiceForge.Configuration;
using AudioBufferPool = VoiceForge.Audio.BufferPool;

namespace VoiceForge;

/// <summary>The settings of <c>config.yaml</c>; a key that is not written has its default. Immutable.</summary>
public sealed class VoiceForgeConfig
{
    private const string FileName = "config.yaml";

    private const string AliasSection = "cache";

    private static readonly string[] F0Methods = ["harvest", "dio", "pm", "crepe", "rmvpe", "yin"];

    private VoiceForgeConfig(ConfigSection root)
    {
        var audio = root.Section("audio");
        var defaults = new AudioConfig();
        Audio = new AudioConfig(
            audio.Integer("sample_rate", defaults.SampleRate, 8000, 192000),
            audio.Integer("buffer_size", defaults.BufferSize, 32, 4096),
            audio.Integer("channels", defaults.Channels, 1, 2),
            audio.Choice("backend", defaults.Backend),
            audio.Text("input"),
            audio.Text("output"),
            audio.Boolean("wav_realtime", defaults.WavRealtime),
            audio.Boolean("validate_devices_on_startup", defaults.ValidateDevicesOnStartup));

        var resources = root.Section("resources");
        var allocation = resources.Section("allocation");
        var caches = root.Section(AliasSection); // how the original's troubleshooting page spells the same two sizes
        var share = new AllocationConfig();
        Resources = new ResourcesConfig(
            resources.Number("total_ram_gb", 24, 4, 1024),
            new AllocationConfig(
                allocation.Number("audio_buffers_gb", share.AudioBuffersGb, 0.05, 64),
                CacheSize(allocation, "model_cache_gb", caches.Section("model_cache"), share.ModelCacheGb),
                CacheSize(allocation, "feature_cache_gb", caches.Section("feature_cache"), share.FeatureCacheGb)));

        var pool = root.Section("buffer_pool");
        BufferPool = new BufferPoolConfig(
            pool.Integer("num_slots", 100, 1, 65535),
            pool.Integer("slot_size_samples", 480000, Audio.BufferSize, 100_000_000));

        var processing = root.Section("processing");
        var failsafe = processing.Section("failsafe");
        var failsafeDefaults = new FailsafeConfig();
        var target = processing.Number("target_latency_ms", 20, 1, 500);
        Processing = new ProcessingConfig(
            processing.Choice("f0_method", F0Methods[0], F0Methods),
            target,
            new FailsafeConfig(
                failsafe.Integer("max_consecutive_errors", failsafeDefaults.MaxConsecutiveErrors, 1, 1000),
                failsafe.Boolean("auto_recover", failsafeDefaults.AutoRecover),
                failsafe.Choice("mode", failsafeDefaults.Mode)),
            CriticalLatency(processing.Section("latency"), target));

        var snapshots = root.Section("debug").Section("snapshots");
        var snapshotDefaults = new SnapshotsConfig();
        Debug = new DebugConfig(new SnapshotsConfig(
            snapshots.Boolean("on_error", snapshotDefaults.OnError),
            snapshots.Boolean("on_latency_spike", snapshotDefaults.OnLatencySpike),
            snapshots.Boolean("audio", snapshotDefaults.Audio)));

        CheckSizes(pool, resources);
        root.ReportUnknownKeys();
    }

    /// <summary>Section <c>audio</c>.</summary>
    public AudioConfig Audio { get; }

    /// <summary>Section <c>resources</c>.</summary>
    public ResourcesConfig Resources { get; }

    /// <summary>Section <c>buffer_pool</c>.</summary>
    public BufferPoolConfig BufferPool { get; }

    /// <summary>Section <c>processing</c>.</summary>
    public ProcessingConfig Processing { get; }

    /// <summary>Section <c>debug</c>.</summary>
    public DebugConfig Debug { get; }

    /// <summary>Every key that a file may have, as <c>section.key</c>; without the other names that two of them have.</summary>
    public static IReadOnlyList<string> Keys { get; } = FindKeys();

    /// <summary>Reads and checks a file.</summary>
    /// <param name="path">A YAML file of at most 64 KiB. The default is <c>config.yaml</c> beside the executable, else in the working directory,
    /// which is the file that <see cref="VoiceForgeAppV2"/> reads.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="VoiceForgeConfigException">The file cannot be read, or has errors: all of them, a line each.</exception>
    public static VoiceForgeConfig Load(string path = FileName)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (path == FileName)
            path = Find() ?? path;
        var errors = new ConfigErrors(Path.GetFileName(path));
        var config = new VoiceForgeConfig(new ConfigSection(ConfigFile.Read(path, errors), errors));
        errors.ThrowIfAny();
        return config;
    }

    /// <summary>The file that applications use: beside the executable, else in the working directory, else <see langword="null"/>.</summary>
    internal static string? Find() =>
        new[] { Path.Combine(AppContext.BaseDirectory, FileName), Path.GetFullPath(FileName) }.FirstOrDefault(File.Exists);

    private static string[] FindKeys()
    {
        var root = new ConfigSection(new ConfigNode(default, Scalar: "", IsPlain: true), new ConfigErrors(FileName));
        _ = new VoiceForgeConfig(root);
        return [.. root.KeyPaths().Where(key => !key.StartsWith($"{AliasSection}.", StringComparison.Ordinal))];
    }

    private static double CacheSize(ConfigSection allocation, string key, ConfigSection alias, double fallback)
    {
        const string aliasKey = "max_size_gb";
        const double most = 1024;
        var size = allocation.Number(key, fallback, 0, most);
        var other = alias.Number(aliasKey, size, 0, most);
        if (!alias.IsWritten(aliasKey))
            return size;

        if (allocation.IsWritten(key))
            alias.Report(aliasKey, $"is another name of 'resources.allocation.{key}', which is written, too; keep that one");
        return other;
    }

    private static double CriticalLatency(ConfigSection latency, double target)
    {
        const string key = "critical_threshold_ms";
        const double usual = 40;
        var threshold = latency.Number(key, Math.Max(usual, 2 * target), 1, 10_000);
        if (threshold <= target)
        {
            latency.Report(key, string.Create(CultureInfo.InvariantCulture,
                $"'{threshold}' is not allowed; expected more than 'processing.target_latency_ms', {target}"));
        }

        return threshold;
    }

    private void CheckSizes(ConfigSection pool, ConfigSection resources)
    {
        const double GiB = 1L << 30;
        var allocation = Resources.Allocation;
        var slotGb = AudioBufferPool.SlotBytes(BufferPool.SlotSizeSamples, Audio.Channels) / GiB;
        if (BufferPool.NumSlots * slotGb > allocation.AudioBuffersGb)
        {
            pool.Report("num_slots", string.Create(CultureInfo.InvariantCulture,
                $"{BufferPool.NumSlots} slots of {BufferPool.SlotSizeSamples} frames need {BufferPool.NumSlots * slotGb:0.###} GiB, more than " +
                $"'resources.allocation.audio_buffers_gb', {allocation.AudioBuffersGb}; at most {Math.Floor(allocation.AudioBuffersGb / slotGb)} slots fit"));
        }

        var sum = allocation.AudioBuffersGb + allocation.ModelCacheGb + allocation.FeatureCacheGb;
        if (sum > Resources.TotalRamGb)
        {
            resources.Report("allocation", string.Create(CultureInfo.InvariantCulture,
                $"the three sizes add up to {sum:0.###} GiB, more than 'resources.total_ram_gb', {Resources.TotalRamGb}; lower a cache"));
        }
    }
}
