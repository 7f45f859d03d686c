using MigrationKit.Cli.Loading;

namespace MigrationKit.Cli.Tests;

public sealed class InParallelTests
{
    [Fact]
    public void Results_KeepTheOrderOfTheItems()
    {
        var items = Enumerable.Range(0, 1000).ToList();

        Assert.Equal(items.Select(n => n * n), InParallel.Select(items, n => n * n));
    }

    [Fact]
    public void Exception_LeavesAsItIs()
    {
        var thrown = Assert.Throws<IOException>(() => InParallel.Select(Enumerable.Range(0, 100).ToList(), n => n == 50 ? throw new IOException("no such disk") : n));

        Assert.Equal("no such disk", thrown.Message);
    }

    [Fact]
    public void Cancellation_IsOne()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();

        Assert.Throws<OperationCanceledException>(() => InParallel.Select([1, 2, 3], n => n, cancelled.Token));
    }
}
