using System.Globalization;

namespace MigrationKit.Cli.Commands;

/// <summary>The <c>config.yaml</c> of <c>config init</c>: every setting with its unit and range, sizes that fit a machine.</summary>
internal static class ConfigurationTemplate
{
    // The guide's machine: 24 GiB for 8 GiB of models and 4 GiB of features. Others get the same shares.
    private const double ModelShare = 8.0 / 24;
    private const double FeatureShare = 4.0 / 24;
    private const double MostModelsGb = 8;
    private const double MostFeaturesGb = 4;

    // Ten seconds at 48 kHz in each slot.
    private const int SlotFrames = 480000;
    private const double SlotGb = (SlotFrames * (double)sizeof(float) + 1024) / (1L << 30);

    /// <param name="memoryGb">What the machine or container has, in GiB.</param>
    public static string For(double memoryGb)
    {
        // The file's own floor; less memory than that shows in the sizes below.
        var total = Math.Clamp(Math.Floor(memoryGb), 4, 1024);
        var slots = memoryGb >= 4 ? 100 : 20;
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["total"] = Number(total),
            ["models"] = Number(Math.Min(MostModelsGb, RoundDown(memoryGb * ModelShare))),
            ["features"] = Number(Math.Min(MostFeaturesGb, RoundDown(memoryGb * FeatureShare))),
            ["buffers"] = Number(Math.Max(0.05, Math.Ceiling(slots * SlotGb * 20) / 20)),
            ["slots"] = Number(slots),
            ["frames"] = Number(SlotFrames),
            ["memory"] = memoryGb.ToString("0.#", CultureInfo.InvariantCulture),
        };
        return values.Aggregate(Content.ReplaceLineEndings("\n"), (text, value) => text.Replace($"<{value.Key}>", value.Value, StringComparison.Ordinal));
    }

    private static double RoundDown(double gb) => Math.Floor(gb * 20) / 20;

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private const string Content = """
        # Settings of VoiceForge V2, read from the folder of the executable, else from the working directory.
        # A key that is missing has its default. Memory sizes are in GiB (2^30 bytes); this machine has <memory>.

        audio:
          sample_rate: 48000            # Hz, 8000 to 192000
          buffer_size: 256              # frames per block, 32 to 4096; smaller is faster, larger is steadier
          channels: 1                   # 1 or 2
          backend: auto                 # auto (the machine's devices), wav (files), loopback (no hardware), portaudio or naudio
          # input: Microphone           # index or name of a device, or a WAV file; default: the default device
          # output: Virtual cable       # as input
          wav_realtime: true            # whether files run at the pace of a sound card
          validate_devices_on_startup: false # true: a missing device already makes Initialize() false

        resources:
          total_ram_gb: <total>         # 4 to 1024; the three sizes below must fit together
          allocation:
            audio_buffers_gb: <buffers> # 0.05 to 64; the buffer pool below must fit
            model_cache_gb: <models>    # a budget for loaded models, nothing is taken ahead
            feature_cache_gb: <features> # a budget too

        buffer_pool:                    # the only memory that is taken at the start
          num_slots: <slots>            # 1 to 65535; "Buffer pool exhausted" means: raise it
          slot_size_samples: <frames>   # frames per slot, at least audio.buffer_size

        processing:
          f0_method: harvest            # harvest, dio, pm, crepe, rmvpe or yin
          target_latency_ms: 20         # milliseconds, 1 to 500
          latency:
            critical_threshold_ms: 40   # milliseconds, more than the target: a block that takes longer is a latency spike
          failsafe:
            max_consecutive_errors: 5   # bad blocks in a row before failsafe, 1 to 1000
            auto_recover: true          # leave failsafe after two good seconds
            mode: auto                  # what is heard meanwhile: auto, mute, bypass or hold

        debug:
          snapshots:
            on_error: true              # failsafe, a failed check or start leaves a folder in logs/snapshots
            on_latency_spike: true      # a latency spike does
            audio: false                # true: snapshots may hold what was said

        """;
}
