namespace VoiceForge.Tests;

/// <summary>Tests that set environment variables or the working directory, which all threads share: none runs beside another.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class EnvironmentCollection
{
    public const string Name = "environment";
}
