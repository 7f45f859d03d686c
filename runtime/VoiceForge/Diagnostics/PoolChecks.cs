using System.Diagnostics;
using System.Globalization;
using VoiceForge.Audio;

namespace VoiceForge.Diagnostics;

/// <summary>The configured pool: whether it can be committed, and whether it is whole after every slot was used.</summary>
internal sealed class PoolChecks(VoiceForgeConfig config)
{
    private const string PoolRemedy = "lower 'buffer_pool.num_slots' or 'buffer_pool.slot_size_samples' in config.yaml, or free memory";
    private const string IntegrityLimit = "every slot once filled and given back, no guard damaged, none missing";

    public IEnumerable<DiagnosticCheck> Run()
    {
        BufferPool? pool = null;
        var allocation = CheckRunner.Run("buffer pool", "all slots committed", PoolRemedy, () =>
        {
            var start = Stopwatch.GetTimestamp();
            pool = new(config.BufferPool.SlotSizeSamples, config.BufferPool.NumSlots, config.Audio.Channels);
            return new(
                "buffer pool", DiagnosticStatus.Pass,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{pool.NumSlots} slots, {pool.GetUsageStats().TotalBytes / (double)(1L << 30):0.###} GiB in {Stopwatch.GetElapsedTime(start).TotalMilliseconds:0} ms"),
                "all slots committed", null);
        });
        yield return allocation;
        if (pool is null)
        {
            yield return new("pool integrity", DiagnosticStatus.NotMeasured, "there is no pool to look at", IntegrityLimit, allocation.Remedy);
            yield break;
        }

        using (pool)
            yield return CheckRunner.Run("pool integrity", IntegrityLimit, "report it, with this output: the pool's own bookkeeping is wrong", () => Integrity(pool));
    }

    private static DiagnosticCheck Integrity(BufferPool pool)
    {
        var leases = new List<BufferLease>(pool.NumSlots);
        while (pool.TryAcquire(out var lease))
        {
            lease.Samples.Fill(leases.Count);
            leases.Add(lease);
        }

        var released = leases.Count(pool.Release);
        var report = pool.ValidateIntegrity();
        var isWhole = report.IsHealthy && leases.Count == pool.NumSlots && released == leases.Count && pool.GetUsageStats().Free == pool.NumSlots;
        return new(
            "pool integrity", isWhole ? DiagnosticStatus.Pass : DiagnosticStatus.Fail,
            string.Create(CultureInfo.InvariantCulture, $"{leases.Count} taken, {released} given back, {report.Problems.Count} problems, checked in {report.Duration.TotalMilliseconds:0.0} ms"),
            IntegrityLimit, isWhole ? null : $"something in this process writes over memory that is not its own: {report.Problems.FirstOrDefault() ?? "slots are missing"}");
    }
}
