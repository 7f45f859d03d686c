namespace VoiceForge.Audio;

/// <summary>On which thread an <see cref="AudioStreamV2"/> runs its processing.</summary>
public enum ProcessingMode
{
    /// <summary>Inside the device's callback: two blocks of latency in all, one recorded and one played. For processing that surely ends within a block.</summary>
    Inline,

    /// <summary>On a thread of its own, a block later: three blocks of latency. Processing that hangs or takes long costs sound, never the device's clock.</summary>
    Offloaded,
}
