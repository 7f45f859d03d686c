namespace VoiceForge.Tests.Exploration;

/// <summary>A store that only its own thread sees yet.</summary>
internal readonly record struct PendingStore(int Cell, long Value, bool IsRelease);
