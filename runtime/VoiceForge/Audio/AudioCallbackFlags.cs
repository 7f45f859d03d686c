namespace VoiceForge.Audio;

/// <summary>What a device reports together with a block.</summary>
[Flags]
public enum AudioCallbackFlags
{
    /// <summary>Nothing to report.</summary>
    None = 0,

    /// <summary>Recorded samples were lost before this block.</summary>
    InputOverrun = 1,

    /// <summary>Silence was played before this block, because the previous output came late.</summary>
    OutputUnderrun = 2,

    /// <summary>This is the last block: the device delivers no more and waits to be stopped.</summary>
    EndOfInput = 4,

    /// <summary>Input and output have clocks of their own, and a few frames of the input were left out or repeated, cross-faded, to keep them together.</summary>
    ClockCorrected = 8,
}
