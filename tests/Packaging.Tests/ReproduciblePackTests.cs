namespace MigrationKit.Packaging.Tests;

/// <summary>The same commit, cloned to another folder and packed there.</summary>
[Collection(FeedTests.Name)]
public sealed class ReproduciblePackTests(Feed feed)
{
    [Fact]
    public async Task OtherCloneOfTheCommit_GivesTheSameBytesAndTheSameDependenciesOnThePackageOfOnnxRuntime()
    {
        var other = await WorkingTree.CopyToAsync(feed.PathOf("another folder/clone"));
        Assert.Equal(feed.Tree.Commit, other.Commit);

        await other.PackAsync("runtime/PocketTts", feed.PathOf("again"), WorkingTree.OnnxRuntimeSource);
        await other.PackAsync("codefixes", feed.PathOf("again"), WorkingTree.OnnxRuntimeSource, arguments: "--no-restore");
        AssertSame(feed.Open("PocketTts", "1.0.0"), new Package(feed.PathOf("again/PocketTts.1.0.0.nupkg")));
        AssertSame(feed.Open("MigrationKit", "1.0.0"), new Package(feed.PathOf("again/MigrationKit.1.0.0.nupkg")));

        // Built on the package itself, which may come from this feed: so into its cache, never the user's.
        var cache = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        await other.PackAsync(
            "runtime/PocketTts", feed.PathOf("nuget"), "nuget", feed.Environment, "-p:RestoreFallbackFolders=" + cache, "-p:RestoreAdditionalProjectSources=" + feed.Packages);
        Assert.Equal(feed.Open("PocketTts", "1.0.0").Dependencies, new Package(feed.PathOf("nuget/PocketTts.1.0.0.nupkg")).Dependencies);
    }

    private static void AssertSame(Package expected, Package actual)
    {
        Assert.Equal(expected.Reproducible.Keys.Order(), actual.Reproducible.Keys.Order());
        Assert.All(expected.Reproducible, entry => Assert.True(entry.Value.AsSpan().SequenceEqual(actual[entry.Key]), entry.Key + " differs"));
    }
}
