using MigrationKit.Cli.Analysis;

namespace MigrationKit.Cli.Tests;

/// <summary>What is compiled ahead of a run is worth it: the code binds, the rules find V1 in it and rewrite it.</summary>
public sealed class WarmupTests
{
    [Fact]
    public async Task Source_CompilesBeforeAndAfterItsFixes()
    {
        var (before, found, after) = await Warmup.RunAsync(RuleEngine.Default, CancellationToken.None);

        Assert.Empty(before);
        Assert.Superset(new HashSet<string> { "MK0001", "MK0003", "MK0101", "MK0103", "MK0104" }, found.ToHashSet());
        Assert.Empty(after);
    }
}
