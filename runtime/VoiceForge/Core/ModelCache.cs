namespace VoiceForge.Core;

/// <summary>Keeps loaded models up to a budget and shares them: least recently used goes first, what is in use stays.</summary>
/// <remarks>
/// Any thread may call any member. Only <see cref="GetOrLoad"/> and a warm-up block for long, and only their callers. Each
/// <see cref="ModelData"/> handed out is a handle of its own that its receiver disposes; until then the model is in use.
/// </remarks>
public sealed class ModelCache : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ModelKey, Entry> _entries = [];
    private readonly LinkedList<Entry> _byUse = []; // most recently used first
    private readonly Dictionary<(ModelKey, FileStamp), Flight> _flights = [];
    private readonly long _budget;
    private long _bytes;
    private long _hits;
    private long _misses;
    private long _loads;
    private long _evictions;
    private bool _disposed;

    /// <param name="maxCacheSizeGb">Budget in GiB, 0 to 1048576; default 8. Nothing is allocated ahead.</param>
    /// <param name="device">The device whose memory the budget is meant for, as for <see cref="ModelLoader(string)"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The budget is negative, too large or not a number.</exception>
    /// <exception cref="ArgumentException">The device is not known.</exception>
    public ModelCache(double maxCacheSizeGb = 8.0, string device = "cuda")
    {
        if (maxCacheSizeGb is not (>= 0 and <= 1 << 20))
            throw new ArgumentOutOfRangeException(nameof(maxCacheSizeGb), maxCacheSizeGb, "Expected 0 to 1048576 GiB.");

        Device = ModelLoader.Resolve(device);
        _budget = (long)(maxCacheSizeGb * (1L << 30));
    }

    /// <summary>The device that the budget is meant for, after the fallback of <see cref="ModelLoader"/>. Models loaded for another one are entries of their own.</summary>
    public string Device { get; }

    /// <summary>A handle on the model that was put under a name.</summary>
    /// <param name="modelId">The name given to <see cref="Put"/>; what <see cref="GetOrLoad"/> loaded is not found by it.</param>
    /// <returns>A new handle, or <see langword="null"/> on a miss.</returns>
    public ModelData? Get(string modelId)
    {
        ArgumentException.ThrowIfNullOrEmpty(modelId);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return Find(ModelKey.OfName(modelId), FileStamp.None);
        }
    }

    /// <summary>Keeps a model under a name, replacing what was there. The caller's own handle stays the caller's.</summary>
    /// <param name="modelId">Any name.</param>
    /// <param name="modelData">A handle that is not disposed.</param>
    /// <param name="warmup">Whether to run the model once, so that its first use is as fast as the others.</param>
    /// <returns><see langword="false"/> when it does not fit: it is larger than the budget, or what is in use leaves no room.</returns>
    /// <exception cref="ObjectDisposedException">The handle or the cache is disposed.</exception>
    public bool Put(string modelId, ModelData modelData, bool warmup = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(modelId);
        ArgumentNullException.ThrowIfNull(modelData);
        if (warmup)
            ModelWarmup.Run(modelData);

        List<Entry> dropped = [];
        bool isKept;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            isKept = TryKeep(ModelKey.OfName(modelId), FileStamp.None, modelData.Model, dropped);
        }

        LetGo(dropped);
        return isKept;
    }

    /// <summary>A handle on the model of a file: from the cache, or loaded and kept if it fits. Of callers that ask at once, one loads.</summary>
    /// <param name="loader">Loads on a miss; its device is part of the identity, with the paths and the model file's size and time.</param>
    /// <param name="pthPath">As for <see cref="ModelLoader.LoadModel"/>.</param>
    /// <param name="indexPath">As for <see cref="ModelLoader.LoadModel"/>.</param>
    /// <param name="warmup">Whether to run a newly loaded model once before anybody gets it.</param>
    /// <exception cref="FileNotFoundException">There is no model file. Failures are not kept: the next call tries again.</exception>
    /// <exception cref="InvalidDataException">The file is a PyTorch checkpoint or no valid ONNX model.</exception>
    public ModelData GetOrLoad(ModelLoader loader, string pthPath, string? indexPath = null, bool warmup = true)
    {
        ArgumentNullException.ThrowIfNull(loader);
        ArgumentException.ThrowIfNullOrEmpty(pthPath);
        return GetOrLoadCore(ModelKey.OfFile(pthPath, indexPath, loader.Device), FileStamp.Of(pthPath), () => LoadOne(loader, pthPath, indexPath, warmup));
    }

    /// <summary>The counters.</summary>
    public CacheStatistics GetStats()
    {
        lock (_lock)
        {
            return new CacheStatistics(_hits, _misses, _loads, _evictions, _entries.Count, _bytes, _budget);
        }
    }

    /// <summary>Lets go of all models; those in use go when their last handle does. Does nothing the second time.</summary>
    public void Dispose()
    {
        List<Entry> dropped;
        lock (_lock)
        {
            _disposed = true;
            dropped = [.. _byUse];
            _byUse.Clear();
            _entries.Clear();
            _bytes = 0;
        }

        LetGo(dropped);
    }

    internal ModelData GetOrLoadCore(ModelKey key, FileStamp stamp, Func<ModelData> load)
    {
        Flight? flight;
        bool isOurs;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            isOurs = !_flights.TryGetValue((key, stamp), out flight);
            if (isOurs && Find(key, stamp) is { } cached)
                return cached;

            if (isOurs)
                _flights.Add((key, stamp), flight = new Flight());
            else
            {
                flight!.Join();
                _hits++;
            }
        }

        return isOurs ? Load(key, stamp, flight!, load) : flight!.Wait();
    }

    private static ModelData LoadOne(ModelLoader loader, string path, string? indexPath, bool warmup)
    {
        var model = loader.LoadModel(path, indexPath);
        if (warmup)
            ModelWarmup.Run(model);
        return model;
    }

    private static void LetGo(List<Entry> dropped)
    {
        foreach (var entry in dropped)
            entry.Model.LetGo(); // outside the lock: disposing a session takes its time
    }

    private ModelData Load(ModelKey key, FileStamp stamp, Flight flight, Func<ModelData> load)
    {
        List<Entry> dropped = [];
        try
        {
            var loaded = load();
            lock (_lock)
            {
                _loads++;
                _flights.Remove((key, stamp));
                if (!_disposed)
                    TryKeep(key, stamp, loaded.Model, dropped);
                flight.Complete(loaded.Model);
            }

            LetGo(dropped);
            return loaded;
        }
        catch (Exception exception)
        {
            lock (_lock)
            {
                _flights.Remove((key, stamp));
                flight.Fail(exception);
            }

            throw;
        }
    }

    private ModelData? Find(ModelKey key, FileStamp stamp)
    {
        if (!_entries.TryGetValue(key, out var entry) || entry.Stamp != stamp)
        {
            _misses++;
            return null;
        }

        _hits++;
        _byUse.Remove(entry.Place);
        _byUse.AddFirst(entry.Place);
        return new ModelData(entry.Model);
    }

    private bool TryKeep(ModelKey key, FileStamp stamp, SharedModel model, List<Entry> dropped)
    {
        if (_entries.TryGetValue(key, out var old))
            Drop(old, dropped);

        var excess = _bytes + model.Bytes - _budget;
        var idle = _byUse.Where(IsIdle).ToList();
        if (model.Bytes > _budget || excess > idle.Sum(entry => entry.Model.Bytes))
            return false; // before anything is evicted in vain

        for (var last = idle.Count - 1; _bytes + model.Bytes > _budget; last--)
        {
            Drop(idle[last], dropped);
            _evictions++;
        }

        var entry = new Entry(key, stamp, model.Hold());
        _byUse.AddFirst(entry.Place);
        _entries.Add(key, entry);
        _bytes += model.Bytes;
        return true;
    }

    // A model kept under two names is held twice by us.
    private bool IsIdle(Entry entry) => entry.Model.Holders == _byUse.Count(other => ReferenceEquals(other.Model, entry.Model));

    private void Drop(Entry entry, List<Entry> dropped)
    {
        _entries.Remove(entry.Key);
        _byUse.Remove(entry.Place);
        _bytes -= entry.Model.Bytes;
        dropped.Add(entry);
    }

    private sealed class Entry
    {
        public Entry(ModelKey key, FileStamp stamp, SharedModel model)
        {
            Key = key;
            Stamp = stamp;
            Model = model;
            Place = new LinkedListNode<Entry>(this);
        }

        public ModelKey Key { get; }

        public FileStamp Stamp { get; }

        public SharedModel Model { get; }

        public LinkedListNode<Entry> Place { get; }
    }

    // One load and those who wait for it. All but Wait under the cache's lock.
    private sealed class Flight
    {
        private readonly TaskCompletionSource<SharedModel> _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _waiters;

        public void Join() => _waiters++;

        public void Complete(SharedModel model)
        {
            for (var waiter = 0; waiter < _waiters; waiter++)
                model.Hold(); // one for each, so that nobody disposes it before all have their handle
            _loaded.SetResult(model);
        }

        public void Fail(Exception exception)
        {
            _loaded.SetException(exception);
            _ = _loaded.Task.Exception; // seen: without a waiter it is the loading caller's alone
        }

        public ModelData Wait()
        {
            var model = _loaded.Task.GetAwaiter().GetResult();
            var handle = new ModelData(model);
            model.LetGo();
            return handle;
        }
    }
}
