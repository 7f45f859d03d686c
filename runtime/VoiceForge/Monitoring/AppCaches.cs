using VoiceForge.Core;

namespace VoiceForge.Monitoring;

/// <summary>The caches of an application, made when they are first asked for: the golden path needs neither, nor the library behind them.</summary>
internal sealed class AppCaches(AllocationConfig sizes) : IDisposable
{
    private const double GiB = 1L << 30;

    private readonly Lazy<ModelCache> _models = new(() => new ModelCache(sizes.ModelCacheGb));
    private readonly Lazy<FeatureCache> _features = new(() => new FeatureCache(sizes.FeatureCacheGb));

    public ModelCache Models => _models.Value;

    public FeatureCache Features => _features.Value;

    /// <summary>The counters of the models, without making their cache.</summary>
    public CacheStatistics ModelStatistics => _models.IsValueCreated ? _models.Value.GetStats() : default;

    /// <summary>Those of the features.</summary>
    public CacheStatistics FeatureStatistics => _features.IsValueCreated ? _features.Value.GetStats() : default;

    /// <summary>What is wrong with their bookkeeping.</summary>
    public IEnumerable<string> FindFaults()
    {
        if (_models.IsValueCreated && _models.Value.FindFault() is { } models)
            yield return models;
        if (_features.IsValueCreated && _features.Value.FindFault() is { } features)
            yield return features;
    }

    /// <summary>Halves what they hold, as far as it is not in use.</summary>
    /// <returns>Bytes that they count for less now.</returns>
    public long Halve()
    {
        var freed = 0L;
        if (_models.IsValueCreated)
        {
            var before = _models.Value.GetStats().Bytes;
            _models.Value.TrimTo(before / 2 / GiB);
            freed += before - _models.Value.GetStats().Bytes;
        }

        if (_features.IsValueCreated)
        {
            var before = _features.Value.GetStats().Bytes;
            _features.Value.TrimTo(before / 2 / GiB);
            freed += before - _features.Value.GetStats().Bytes;
        }

        return Math.Max(0, freed); // others may have filled them meanwhile
    }

    public void Dispose()
    {
        if (_models.IsValueCreated)
            _models.Value.Dispose();
        if (_features.IsValueCreated)
            _features.Value.Dispose();
    }
}
