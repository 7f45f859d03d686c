namespace VoiceForge.Tests.Exploration;

/// <summary>A claim does not hold in some interleaving; the message has the claim and the steps to it.</summary>
internal sealed class ExplorationFailedException(string message) : Exception(message);
