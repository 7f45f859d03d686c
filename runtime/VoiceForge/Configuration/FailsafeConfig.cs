using VoiceForge.Audio;

namespace VoiceForge;

/// <summary>Section <c>processing.failsafe</c>; see <see cref="AudioStreamOptions"/>.</summary>
/// <param name="MaxConsecutiveErrors"><c>max_consecutive_errors</c> in blocks: 1 to 1000, default 5.</param>
/// <param name="AutoRecover"><c>auto_recover</c>: default true.</param>
/// <param name="Mode"><c>mode</c>: auto (default), mute, bypass or hold.</param>
public sealed record FailsafeConfig(int MaxConsecutiveErrors = 5, bool AutoRecover = true, FailsafeMode Mode = FailsafeMode.Auto);
