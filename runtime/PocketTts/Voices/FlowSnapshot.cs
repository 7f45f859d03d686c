namespace PocketTts.Voices;

/// <summary>What the speech model has read and said so far.</summary>
internal sealed record FlowSnapshot(int Position);
