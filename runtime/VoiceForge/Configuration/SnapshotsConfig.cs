namespace VoiceForge;

/// <summary>Section <c>debug.snapshots</c>.</summary>
/// <param name="OnError"><c>on_error</c>: default true.</param>
/// <param name="OnLatencySpike"><c>on_latency_spike</c>: default true.</param>
/// <param name="Audio"><c>audio</c>: whether a snapshot may hold what was said; default false.</param>
public sealed record SnapshotsConfig(bool OnError = true, bool OnLatencySpike = true, bool Audio = false);
