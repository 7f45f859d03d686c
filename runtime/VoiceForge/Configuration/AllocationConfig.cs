namespace VoiceForge;

/// <summary>Section <c>resources.allocation</c>, in GiB.</summary>
/// <param name="AudioBuffersGb"><c>audio_buffers_gb</c>: 0.05 to 64, default 2; the buffer pool must fit.</param>
/// <param name="ModelCacheGb"><c>model_cache_gb</c>: 0 to 1024, default 8.</param>
/// <param name="FeatureCacheGb"><c>feature_cache_gb</c>: 0 to 1024, default 4.</param>
public sealed record AllocationConfig(double AudioBuffersGb = 2, double ModelCacheGb = 8, double FeatureCacheGb = 4);
