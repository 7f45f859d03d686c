using System.Diagnostics.Metrics;
using VoiceForge.Audio;

namespace VoiceForge.Monitoring;

/// <summary>The meter <c>VoiceForge</c>: read by whoever listens, when they ask; costs nothing otherwise.</summary>
internal sealed class AppMetrics : IDisposable
{
    private readonly Meter _meter = new("VoiceForge", typeof(AppMetrics).Assembly.GetName().Version?.ToString(3));

    /// <param name="stream">The counters of the present stream; they begin again with each start of the golden path.</param>
    /// <param name="pool">Those of the pool.</param>
    /// <param name="caches">Those of the caches.</param>
    /// <param name="integrityFailures">How many integrity checks failed.</param>
    public AppMetrics(Func<AudioStreamStatistics> stream, Func<BufferPoolStatistics> pool, AppCaches caches, Func<long> integrityFailures)
    {
        _meter.CreateObservableCounter("voiceforge.stream.blocks", () => stream().Callbacks, "{block}", "Blocks that the device asked for.");
        _meter.CreateObservableCounter("voiceforge.stream.xruns", () => stream().Xruns, "{block}", "Blocks for which the device reported lost input or late output.");
        _meter.CreateObservableCounter("voiceforge.stream.rejected_blocks", () => stream().RejectedBlocks, "{block}", "Blocks replaced because they were unusable.");
        _meter.CreateObservableCounter("voiceforge.stream.deadline_misses", () => stream().DeadlineMisses, "{block}", "Blocks that took longer than they last.");
        _meter.CreateObservableCounter("voiceforge.stream.failsafe_entries", () => stream().FailsafeEntries, "{entry}", "How often failsafe was entered.");
        _meter.CreateObservableGauge("voiceforge.stream.latency.p99", () => stream().Latency.P99.TotalSeconds, "s", "What the stream adds to a block, 99th percentile.");
        _meter.CreateObservableGauge("voiceforge.pool.slots_in_use", () => pool().InUse, "{slot}", "Slots handed out.");
        _meter.CreateObservableGauge("voiceforge.pool.slots_quarantined", () => pool().Quarantined, "{slot}", "Slots withdrawn because they were damaged.");
        _meter.CreateObservableCounter("voiceforge.pool.exhausted", () => pool().Exhausted, "{request}", "Requests for a slot when there was none.");
        _meter.CreateObservableGauge("voiceforge.model_cache.bytes", () => caches.ModelStatistics.Bytes, "By", "What the cached models count for.");
        _meter.CreateObservableCounter("voiceforge.model_cache.hits", () => caches.ModelStatistics.Hits, "{request}", "Requests for a model that was there.");
        _meter.CreateObservableCounter("voiceforge.model_cache.misses", () => caches.ModelStatistics.Misses, "{request}", "Requests for a model that was not.");
        _meter.CreateObservableGauge("voiceforge.feature_cache.bytes", () => caches.FeatureStatistics.Bytes, "By", "What the cached features count for.");
        _meter.CreateObservableCounter("voiceforge.feature_cache.hits", () => caches.FeatureStatistics.Hits, "{request}", "Requests for features that were there.");
        _meter.CreateObservableCounter("voiceforge.feature_cache.misses", () => caches.FeatureStatistics.Misses, "{request}", "Requests for features that were not.");
        _meter.CreateObservableCounter("voiceforge.integrity.failures", integrityFailures, "{check}", "Integrity checks that found damage.");
    }

    public void Dispose() => _meter.Dispose();
}
