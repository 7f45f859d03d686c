namespace MigrationKit.Generated.Running;

/// <summary>A program does not come to its end.</summary>
public sealed class RunawayException() : Exception("The program made more than 5000 recorded calls.");
