using VoiceForge.Audio;

namespace VoiceForge.Monitoring;

/// <summary>What was going on when something went wrong.</summary>
/// <param name="Reason">What happened, in lower case with underscores; part of the folder's name.</param>
/// <param name="Stage">Where: <c>audio_start</c>, <c>running</c> or <c>integrity_check</c>.</param>
/// <param name="Error">The message that users see.</param>
/// <param name="Audio">The configured format.</param>
/// <param name="State">The stream's state, if there is one.</param>
/// <param name="Stream">Its counters.</param>
/// <param name="Pool">The pool's.</param>
internal sealed record Snapshot(
    string Reason, string Stage, string? Error, AudioConfig Audio, StreamState? State, AudioStreamStatistics? Stream, BufferPoolStatistics Pool);
