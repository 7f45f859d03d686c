namespace VoiceForge.Audio;

/// <summary>What the faults of a block are called where people read them.</summary>
internal static class BlockFaults
{
    public static string? Describe(BlockFault fault) => fault switch
    {
        BlockFault.None => null,
        BlockFault.DeviceBlockSize => "The device delivered a block of another length than it was opened with.",
        BlockFault.InputNotFinite => "The device delivered samples that are not finite.",
        BlockFault.CallbackThrew => "The processing callback failed.",
        BlockFault.ReturnedNull => "The processing callback returned null; it must return as many samples as it gets.",
        BlockFault.ReturnedWrongLength => "The processing callback must return as many samples as it gets.",
        BlockFault.OutputTooLoud => "The processing callback returned samples above 8, 18 dB over full scale; audio is within -1 to 1.",
        BlockFault.InputMissing => "The device delivers no input; silence is processed instead.",
        BlockFault.FloatingPointModeChanged => "The processing changed how its thread rounds or treats denormals; a native library it calls must restore that (it was put right, except on macOS).",
        BlockFault.ProcessingLate => "The processing took longer than a block lasts.",
        _ => "The processing callback returned samples that are not finite (NaN or infinity).",
    };

    /// <param name="fault">What went wrong.</param>
    /// <param name="detail">What it was seen on: an <see cref="Exception"/>, an array, or nothing.</param>
    /// <param name="expectedSamples">Length of a block.</param>
    public static string? Describe(BlockFault fault, object? detail, int expectedSamples) => (fault, detail) switch
    {
        (BlockFault.CallbackThrew, Exception thrown) => $"{Describe(fault)} It threw {thrown.GetType().Name}: {thrown.Message}",
        (BlockFault.ReturnedWrongLength, float[] result) => $"{Describe(fault)} It returned {result.Length} for {expectedSamples}.",
        _ => Describe(fault),
    };
}
