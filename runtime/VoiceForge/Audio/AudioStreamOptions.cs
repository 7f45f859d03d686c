namespace VoiceForge.Audio;

/// <summary>How an <see cref="AudioStreamV2"/> treats a processing callback that misbehaves.</summary>
public sealed record AudioStreamOptions
{
    /// <summary>So many bad blocks in a row enter failsafe; 1 to 1000, default 5. Ten bad blocks among the last 40 enter it in any case.</summary>
    public int MaxConsecutiveErrors { get; init; } = 5;

    /// <summary>Whether failsafe is left by itself after two good seconds; default <see langword="true"/>. Otherwise only a restart leaves it.</summary>
    /// <remarks>Each relapse within a minute of audio doubles the two seconds, up to a minute.</remarks>
    public bool AutoRecover { get; init; } = true;

    /// <summary>What is heard instead of a bad block; default <see cref="FailsafeMode.Auto"/>.</summary>
    public FailsafeMode FailsafeMode { get; init; } = FailsafeMode.Auto;

    /// <summary>Which thread processes; default <see cref="ProcessingMode.Inline"/>.</summary>
    public ProcessingMode ProcessingMode { get; init; } = ProcessingMode.Inline;
}
