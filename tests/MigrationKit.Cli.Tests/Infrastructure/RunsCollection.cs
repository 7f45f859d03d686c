namespace MigrationKit.Cli.Tests.Infrastructure;

/// <summary>Tests that build: MSBuild's in-process node belongs to the whole process, so they run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class RunsCollection
{
    public const string Name = "runs";
}
