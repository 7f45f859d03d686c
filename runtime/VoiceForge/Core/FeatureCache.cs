namespace VoiceForge.Core;

/// <summary>Keeps what feature extractors returned, up to a budget of bytes: least recently used goes first.</summary>
/// <remarks>
/// Any thread may call any member. A look-up hashes all samples (so live audio, which never repeats bit for bit, never hits: the cache is for
/// files, prompts and replays) and takes a short lock. Of callers that ask for the same features at once, one runs the extractor and the
/// others wait for it. Nothing is allocated ahead. Values are arrays of exactly the features' length rather than rented ones: rented arrays
/// are rounded up, and outlive their eviction in a pool that no budget sees.
/// </remarks>
public sealed class FeatureCache : IDisposable
{
    /// <summary>What an entry weighs besides its features: array header, entry, list node, and its share of a dictionary that doubles when full.</summary>
    internal const int EntryOverheadBytes = 384;

    private readonly Lock _lock = new();
    private readonly Dictionary<FeatureIdentity, LinkedListNode<Entry>> _entries = [];
    private readonly LinkedList<Entry> _byUse = []; // most recently used first
    private readonly Dictionary<FeatureIdentity, Extraction> _underWay = [];
    private readonly long _budget;
    private long _bytes;
    private long _hits;
    private long _misses;
    private long _loads;
    private long _evictions;
    private bool _disposed;

    /// <param name="maxCacheSizeGb">Budget in GiB, 0 (nothing is kept) to 1048576; default 4. It covers the features and <c>384</c> bytes for each entry.</param>
    /// <exception cref="ArgumentOutOfRangeException">The budget is negative, too large or not a number.</exception>
    public FeatureCache(double maxCacheSizeGb = 4.0)
    {
        _budget = BytesOf(maxCacheSizeGb, nameof(maxCacheSizeGb));
    }

    /// <summary>The features of some audio: from the cache, or extracted and kept if they fit.</summary>
    /// <param name="key">Extractor, rate and parameters. They and every sample are compared.</param>
    /// <param name="audio">The samples; not kept.</param>
    /// <param name="extractor">Runs on a miss, outside any lock.</param>
    /// <returns>A new array that the caller owns.</returns>
    /// <exception cref="ArgumentException">The key has no extractor or no positive rate.</exception>
    /// <exception cref="InvalidOperationException">The extractor returned <see langword="null"/>, or asked this cache for the very features it was to compute.</exception>
    /// <exception cref="ObjectDisposedException">The cache is disposed.</exception>
    /// <remarks>What the extractor throws reaches all who wait for it and is not kept: the next call tries again.</remarks>
    public float[] GetOrExtract(FeatureKey key, ReadOnlySpan<float> audio, FeatureExtractor extractor)
    {
        ArgumentNullException.ThrowIfNull(extractor);
        if (string.IsNullOrEmpty(key.Extractor))
            throw new ArgumentException("The key names no extractor; give it a name such as 'yin'.", nameof(key));
        if (key.SampleRate <= 0)
            throw new ArgumentException($"Sample rate '{key.SampleRate}' Hz of the key is not positive; give the rate of the audio.", nameof(key));

        var identity = FeatureIdentity.Of(key, audio);
        Extraction? extraction;
        bool isOurs;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (Find(identity) is { } cached)
                return Copy(cached);

            isOurs = !_underWay.TryGetValue(identity, out extraction);
            if (isOurs)
            {
                _misses++;
                _underWay.Add(identity, extraction = new Extraction());
            }
            else
            {
                extraction!.ThrowIfOwn(key);
                _hits++;
            }
        }

        return Copy(isOurs ? Extract(identity, extraction!, audio, extractor) : extraction!.Wait());
    }

    /// <summary>Drops features, least recently used first, until the rest counts for so much at most.</summary>
    /// <param name="sizeGb">In GiB, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is negative, too large or not a number.</exception>
    public void TrimTo(double sizeGb)
    {
        var bytes = BytesOf(sizeGb, nameof(sizeGb));
        lock (_lock)
        {
            EvictUntil(bytes);
        }
    }

    /// <summary>The counters.</summary>
    public CacheStatistics GetStats()
    {
        lock (_lock)
        {
            return new CacheStatistics(_hits, _misses, _loads, _evictions, _entries.Count, _bytes, _budget);
        }
    }

    /// <summary>Drops all features. Extractions under way end and are handed out. Does nothing the second time.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _entries.Clear();
            _byUse.Clear();
            _bytes = 0;
        }
    }

    /// <summary>What is wrong with the bookkeeping, if anything is.</summary>
    internal string? FindFault()
    {
        lock (_lock)
        {
            var sum = _byUse.Sum(entry => BytesOf(entry.Features));
            return sum == _bytes && _bytes <= _budget ? null
                : $"The feature cache counts {_bytes} bytes of {_budget}, its entries are {sum}: its bookkeeping was written over. Make a new cache.";
        }
    }

    private static long BytesOf(double gb, string name) => gb is >= 0 and <= 1 << 20
        ? (long)(gb * (1L << 30))
        : throw new ArgumentOutOfRangeException(name, gb, "Expected 0 to 1048576 GiB.");

    // Never the cached array itself: a caller that wrote into it would change everybody's features.
    private static float[] Copy(float[] features) => features.AsSpan().ToArray();

    private static long BytesOf(float[] features) => (long)features.Length * sizeof(float) + EntryOverheadBytes;

    private float[]? Find(FeatureIdentity identity)
    {
        if (!_entries.TryGetValue(identity, out var place))
            return null;

        _hits++;
        _byUse.Remove(place);
        _byUse.AddFirst(place);
        return place.Value.Features;
    }

    private float[] Extract(FeatureIdentity identity, Extraction extraction, ReadOnlySpan<float> audio, FeatureExtractor extractor)
    {
        try
        {
            var features = extractor(audio) ?? throw new InvalidOperationException(
                $"The extractor '{identity.Key.Extractor}' returned null; it must return an array, an empty one when there are no features.");
            lock (_lock)
            {
                _loads++;
                _underWay.Remove(identity);
                Keep(identity, features);
            }

            extraction.Complete(features);
            return features;
        }
        catch (Exception exception)
        {
            lock (_lock)
            {
                _underWay.Remove(identity);
            }

            extraction.Fail(exception);
            throw;
        }
    }

    private void Keep(FeatureIdentity identity, float[] features)
    {
        var bytes = BytesOf(features);
        if (_disposed || bytes > _budget)
            return; // before anything is evicted in vain

        EvictUntil(_budget - bytes);
        _entries.Add(identity, _byUse.AddFirst(new Entry(identity, features)));
        _bytes += bytes;
    }

    private void EvictUntil(long bytes)
    {
        while (_bytes > bytes)
        {
            var oldest = _byUse.Last!.Value;
            _byUse.RemoveLast();
            _entries.Remove(oldest.Identity);
            _bytes -= BytesOf(oldest.Features);
            _evictions++;
        }
    }

    private sealed record Entry(FeatureIdentity Identity, float[] Features);

    // One run of an extractor and those who wait for it.
    private sealed class Extraction
    {
        private readonly TaskCompletionSource<float[]> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly int _threadId = Environment.CurrentManagedThreadId;

        public void ThrowIfOwn(FeatureKey key)
        {
            if (_threadId == Environment.CurrentManagedThreadId)
                throw new InvalidOperationException($"The extractor '{key.Extractor}' asks the cache for the features it computes; compute them instead.");
        }

        public void Complete(float[] features) => _done.SetResult(features);

        public void Fail(Exception exception)
        {
            _done.SetException(exception);
            _ = _done.Task.Exception; // seen: without a waiter it is the extracting caller's alone
        }

        public float[] Wait() => _done.Task.GetAwaiter().GetResult();
    }
}
