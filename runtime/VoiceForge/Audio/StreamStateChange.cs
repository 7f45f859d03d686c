namespace VoiceForge.Audio;

/// <summary>One transition of an <see cref="AudioStreamV2"/>.</summary>
/// <param name="From">The state left.</param>
/// <param name="To">The state entered.</param>
/// <param name="Reason">Why, where it was not the caller's own doing; otherwise <see langword="null"/>.</param>
public readonly record struct StreamStateChange(StreamState From, StreamState To, string? Reason);
