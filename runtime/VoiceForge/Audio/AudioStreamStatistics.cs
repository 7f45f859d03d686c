namespace VoiceForge.Audio;

/// <summary>What an <see cref="AudioStreamV2"/> has counted since it was made.</summary>
/// <param name="Callbacks">Blocks asked for by the device.</param>
/// <param name="Xruns">Callbacks in which the device reported lost input or late output, or delivered no input at all.</param>
/// <param name="RejectedBlocks">Blocks replaced because the input or the processed output was unusable.</param>
/// <param name="DeadlineMisses">Callbacks that took longer than the block lasts. Such a block is played: it is late, not wrong.</param>
/// <param name="FailsafeEntries">How often <see cref="StreamState.Failsafe"/> was entered.</param>
/// <param name="Latency">What the stream itself adds: from the callback's begin to its output being ready. Device buffers are not in it.</param>
public readonly record struct AudioStreamStatistics(
    long Callbacks, long Xruns, long RejectedBlocks, long DeadlineMisses, long FailsafeEntries, LatencySummary Latency)
{
    /// <summary>Managed bytes allocated on the audio thread: by the processing, and one array per block for a <c>Func</c> callback. A processor that is real-time safe leaves 0.</summary>
    public long AllocatedBytes { get; init; }

    /// <summary>How often a few frames of the input were left out or repeated because its device's clock runs apart from the output's.</summary>
    public long ClockCorrections { get; init; }

    /// <summary>How often inline processing came back with another rounding or denormal mode than .NET's, which was put right.</summary>
    public long FloatingPointRepairs { get; init; }
}
