namespace VoiceForge.Tests;

/// <summary>Tests that measure the memory of the process, while no other test takes any.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MemoryCollection
{
    public const string Name = "memory";
}
