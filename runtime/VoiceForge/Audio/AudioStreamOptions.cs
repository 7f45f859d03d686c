namespace VoiceForge.Audio;

/// <summary>How an <see cref="AudioStreamV2"/> treats a processing callback that misbehaves.</summary>
public sealed record AudioStreamOptions
{
    /// <summary>So many bad blocks in a row enter failsafe; 1 to 1000, default 5. Ten bad blocks among the last 40 enter it in any case.</summary>
    public int MaxConsecutiveErrors { get; init; } = 5;

    /// <summary>Whether failsafe is left by itself after two good seconds; default <see langword="true"/>. Otherwise only a restart leaves it.</summary>
    public bool AutoRecover { get; init; } = true;

    /// <summary>What is heard instead of a bad block; default <see cref="FailsafeMode.Auto"/>.</summary>
    public FailsafeMode FailsafeMode { get; init; } = FailsafeMode.Auto;
}
