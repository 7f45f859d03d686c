namespace VoiceForge;

/// <summary>Section <c>debug</c>.</summary>
/// <param name="Snapshots"><c>debug.snapshots</c>.</param>
public sealed record DebugConfig(SnapshotsConfig Snapshots);
