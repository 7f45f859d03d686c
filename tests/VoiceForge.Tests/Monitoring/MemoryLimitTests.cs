using VoiceForge.Monitoring;

namespace VoiceForge.Tests.Monitoring;

public sealed class MemoryLimitTests : IDisposable
{
    private const long GiB = 1L << 30;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void ThirdCommonIssue_HighMemoryUsage_NamesCauseAndTheKeysToLower()
    {
        var warning = MemoryLimit.WarnOfUse(Defaults(), 15 * GiB, 16 * GiB);

        Assert.StartsWith("High memory usage: the process holds 15 of the 16 GiB", warning);
        Assert.Contains("'resources.allocation.model_cache_gb' (now 8)", warning);
        Assert.Contains("'resources.allocation.feature_cache_gb' (now 4)", warning);
        Assert.Null(MemoryLimit.WarnOfUse(Defaults(), 13 * GiB, 16 * GiB));
    }

    [Fact]
    public void BudgetsThatTheMachineCannotFill_AreWarnedOf()
    {
        Assert.Contains("add up to 12.19 GiB", MemoryLimit.WarnOfBudgets(Defaults(), 192 << 20, 8 * GiB));
        Assert.Null(MemoryLimit.WarnOfBudgets(Defaults(), 192 << 20, 24 * GiB));
    }

    [Fact]
    public void F42_PoolThatDoesNotFitTheMachine_IsRefusedBeforeItIsCommitted()
    {
        Assert.Contains("'buffer_pool.num_slots' (now 100)", MemoryLimit.RefusePool(Defaults(), 2 * GiB, 2 * GiB));
        Assert.Null(MemoryLimit.RefusePool(Defaults(), 192 << 20, 2 * GiB));
    }

    private VoiceForgeConfig Defaults() => VoiceForgeConfig.Load(_folder.Write("config.yaml", ""));
}
