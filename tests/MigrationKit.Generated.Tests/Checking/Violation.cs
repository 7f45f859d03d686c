namespace MigrationKit.Generated.Checking;

/// <summary>A property that a program does not have.</summary>
public sealed record Violation(string Property, string Detail);
