namespace VoiceForge.Audio;

/// <summary>What is played instead of a bad block, and while a stream is in <see cref="StreamState.Failsafe"/>.</summary>
public enum FailsafeMode
{
    /// <summary><see cref="Mute"/> when a processing callback is set (the speaker's own voice must not slip through), <see cref="Bypass"/> without one.</summary>
    Auto,

    /// <summary>Silence.</summary>
    Mute,

    /// <summary>The input, unprocessed.</summary>
    Bypass,

    /// <summary>The last good block again, faded out within 20 ms.</summary>
    Hold,
}
