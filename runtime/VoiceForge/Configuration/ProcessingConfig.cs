namespace VoiceForge;

/// <summary>Section <c>processing</c>.</summary>
/// <param name="F0Method"><c>processing.f0_method</c>: harvest (default), dio, pm, crepe, rmvpe or yin.</param>
/// <param name="TargetLatencyMs"><c>processing.target_latency_ms</c> in milliseconds: 1 to 500, default 20.</param>
/// <param name="Failsafe"><c>processing.failsafe</c>.</param>
/// <param name="CriticalLatencyMs"><c>processing.latency.critical_threshold_ms</c> in milliseconds: a block that takes longer is a latency spike. More than the
/// target, at most 10000; default 40, or twice the target where that is more.</param>
public sealed record ProcessingConfig(string F0Method, double TargetLatencyMs, FailsafeConfig Failsafe, double CriticalLatencyMs = 40);
