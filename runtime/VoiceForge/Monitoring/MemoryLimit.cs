using System.Globalization;

namespace VoiceForge.Monitoring;

/// <summary>Compares memory with what the machine has, or the container where it is limited.</summary>
internal static class MemoryLimit
{
    private const double GiB = 1L << 30;
    private const double MostOfMachine = 0.85;

    /// <summary>What the machine or container has, in bytes.</summary>
    public static long Machine => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>Why a pool must not be committed, or <see langword="null"/>. Asked before: on Linux the system would not refuse, it would end the process.</summary>
    public static string? RefusePool(VoiceForgeConfig config, long poolBytes, long machineBytes) => poolBytes <= MostOfMachine * machineBytes ? null : string.Create(CultureInfo.InvariantCulture,
        $"High memory usage: the buffer pool takes {poolBytes / GiB:0.##} GiB at the start, this machine or container has {machineBytes / GiB:0.##} GiB. " +
        $"Lower 'buffer_pool.num_slots' (now {config.BufferPool.NumSlots}) or 'buffer_pool.slot_size_samples' (now {config.BufferPool.SlotSizeSamples}) in config.yaml.");

    /// <summary>A warning about budgets that the machine cannot fill, or <see langword="null"/>.</summary>
    public static string? WarnOfBudgets(VoiceForgeConfig config, long poolBytes, long machineBytes)
    {
        var caches = config.Resources.Allocation;
        var sum = poolBytes / GiB + caches.ModelCacheGb + caches.FeatureCacheGb;
        return sum * GiB <= machineBytes ? null : string.Create(CultureInfo.InvariantCulture,
            $"High memory usage: the buffer pool and the budgets of the caches add up to {sum:0.##} GiB, this machine or container has {machineBytes / GiB:0.##} GiB. " +
            $"Lower 'resources.allocation.model_cache_gb' (now {caches.ModelCacheGb}) and 'resources.allocation.feature_cache_gb' (now {caches.FeatureCacheGb}) in config.yaml.");
    }

    /// <summary>A warning about what the process holds, or <see langword="null"/>.</summary>
    public static string? WarnOfUse(VoiceForgeConfig config, long heldBytes, long machineBytes)
    {
        var caches = config.Resources.Allocation;
        return heldBytes <= MostOfMachine * machineBytes ? null : string.Create(CultureInfo.InvariantCulture,
            $"High memory usage: the process holds {heldBytes / GiB:0.##} of the {machineBytes / GiB:0.##} GiB of this machine or container. Lower " +
            $"'resources.allocation.model_cache_gb' (now {caches.ModelCacheGb}) and 'resources.allocation.feature_cache_gb' (now {caches.FeatureCacheGb}) in config.yaml.");
    }
}
