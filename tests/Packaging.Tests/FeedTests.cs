namespace MigrationKit.Packaging.Tests;

/// <summary>Tests that share one <see cref="Feed"/>.</summary>
[CollectionDefinition(Name)]
public sealed class FeedTests : ICollectionFixture<Feed>
{
    public const string Name = "Packed once";
}
