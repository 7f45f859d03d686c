namespace VoiceForge.Core;

/// <summary>Keeps loaded models up to a budget and shares them: least recently used goes first, what is in use stays.</summary>
/// <remarks>
/// <para>Any thread may call any member. Only <see cref="GetOrLoad"/> and a warm-up block for long, and only their callers. Each
/// <see cref="ModelData"/> handed out is a handle of its own that its receiver disposes; until then the model is in use, so that a handle
/// which is kept pins its model. A model that is dropped in use goes with its last handle.</para>
/// <para>A model counts for <see cref="ModelData.Bytes"/>, the memory that it really took. Room is made before a load, so that what is
/// evicted is gone by the time the new model needs the memory.</para>
/// </remarks>
public sealed class ModelCache : IDisposable
{
    private const double GiB = 1L << 30;

    private readonly Lock _lock = new();
    private readonly ModelShelf _shelf;
    private readonly Dictionary<(ModelPlace, FileStamp), ModelFlight> _flights = [];
    private readonly Dictionary<ModelPlace, (FileStamp Stamp, ModelKey Key)> _places = []; // what was last found there
    private readonly Dictionary<ModelKey, long> _weights = []; // of what was loaded before
    private long _hits;
    private long _misses;
    private long _loads;
    private bool _disposed;

    /// <param name="maxCacheSizeGb">Budget in GiB, 0 to 1048576; default 8. Nothing is allocated ahead.</param>
    /// <param name="device">The device whose memory the budget is meant for, as for <see cref="ModelLoader(string)"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The budget is negative, too large or not a number.</exception>
    /// <exception cref="ArgumentException">The device is not known.</exception>
    public ModelCache(double maxCacheSizeGb = 8.0, string device = "cuda")
    {
        Device = ModelLoader.Resolve(device);
        _shelf = new ModelShelf(BytesOf(maxCacheSizeGb, nameof(maxCacheSizeGb)));
    }

    /// <summary>The device that the budget is meant for, after the fallback of <see cref="ModelLoader"/>. Models loaded for another one are entries of their own.</summary>
    public string Device { get; }

    /// <summary>What every model in here must look like; <see langword="null"/>, the default, takes any. With it each model is run once before anybody gets it.</summary>
    public ModelContract? Contract { get; init; }

    /// <summary>A handle on the model that was put under a name.</summary>
    /// <param name="modelId">The name given to <see cref="Put"/>; what <see cref="GetOrLoad"/> loaded is not found by it.</param>
    /// <returns>A new handle, or <see langword="null"/> on a miss.</returns>
    public ModelData? Get(string modelId)
    {
        ArgumentException.ThrowIfNullOrEmpty(modelId);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return Find(ModelKey.OfName(modelId));
        }
    }

    /// <summary>Keeps a model under a name, replacing what was there. The caller's own handle stays the caller's.</summary>
    /// <param name="modelId">Any name.</param>
    /// <param name="modelData">A handle that is not disposed.</param>
    /// <param name="warmup">Whether to run the model once, so that its first use is as fast as the others.</param>
    /// <returns><see langword="false"/> when it does not fit: it is larger than the budget, or what is in use leaves no room.</returns>
    /// <exception cref="ObjectDisposedException">The handle or the cache is disposed.</exception>
    /// <exception cref="InvalidDataException">The model does not keep the <see cref="Contract"/>.</exception>
    public bool Put(string modelId, ModelData modelData, bool warmup = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(modelId);
        ArgumentNullException.ThrowIfNull(modelData);
        if (Contract is not null)
            Contract.Verify(modelData);
        else if (warmup)
            ModelWarmup.Run(modelData.Session, modelData.Path, contract: null);

        List<SharedModel> dropped = [];
        bool isKept;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            isKept = _shelf.TryKeep(ModelKey.OfName(modelId), modelData.Model, dropped);
        }

        LetGo(dropped);
        return isKept;
    }

    /// <summary>A handle on the model of a file: from the cache, or loaded and kept if it fits. Of callers that ask at once, one loads.</summary>
    /// <param name="loader">Loads on a miss. Its device is part of the identity, with the SHA-256 of the files: copies of a file are one entry. A file whose size and time did not change is not read again.</param>
    /// <param name="pthPath">As for <see cref="ModelLoader.LoadModel"/>.</param>
    /// <param name="indexPath">As for <see cref="ModelLoader.LoadModel"/>.</param>
    /// <param name="warmup">Whether to run a newly loaded model once before anybody gets it.</param>
    /// <exception cref="FileNotFoundException">There is no model file. Failures are not kept: the next call tries again.</exception>
    /// <exception cref="InvalidDataException">The file is not to be loaded, see <see cref="ModelLoader.LoadModel"/>.</exception>
    public ModelData GetOrLoad(ModelLoader loader, string pthPath, string? indexPath = null, bool warmup = true)
    {
        ArgumentNullException.ThrowIfNull(loader);
        ArgumentException.ThrowIfNullOrEmpty(pthPath);
        return GetOrLoadCore(
            ModelPlace.Of(pthPath, indexPath, loader.Device), FileStamp.Of(pthPath, indexPath),
            () => ModelFile.Read(pthPath, indexPath), file => loader.Load(file, warmup, Contract));
    }

    /// <summary>Drops what is not in use, least recently used first, until the rest counts for so much at most.</summary>
    /// <param name="sizeGb">In GiB, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is negative, too large or not a number.</exception>
    public void TrimTo(double sizeGb)
    {
        var bytes = BytesOf(sizeGb, nameof(sizeGb));
        List<SharedModel> dropped = [];
        lock (_lock)
        {
            _shelf.TrimTo(bytes, dropped);
        }

        LetGo(dropped);
    }

    /// <summary>The counters.</summary>
    public CacheStatistics GetStats()
    {
        lock (_lock)
        {
            return new CacheStatistics(_hits, _misses, _loads, _shelf.Evictions, _shelf.Count, _shelf.Bytes, _shelf.Budget);
        }
    }

    /// <summary>Lets go of all models; those in use go when their last handle does. Does nothing the second time.</summary>
    public void Dispose()
    {
        List<SharedModel> dropped = [];
        lock (_lock)
        {
            _disposed = true;
            _shelf.Clear(dropped);
            _places.Clear();
        }

        LetGo(dropped);
    }

    /// <summary>What is wrong with the bookkeeping, if anything is.</summary>
    internal string? FindFault()
    {
        lock (_lock)
        {
            return _shelf.FindFault();
        }
    }

    internal ModelData GetOrLoadCore(ModelPlace place, FileStamp stamp, Func<ModelFile> read, Func<ModelFile, ModelData> load)
    {
        ModelFlight? flight;
        bool isOurs;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            isOurs = !_flights.TryGetValue((place, stamp), out flight);
            if (isOurs && _places.TryGetValue(place, out var known) && known.Stamp == stamp && _shelf.Find(known.Key) is { } cached)
            {
                _hits++;
                return new ModelData(cached);
            }

            if (isOurs)
            {
                _misses++;
                _flights.Add((place, stamp), flight = new ModelFlight());
            }
            else
            {
                flight!.Join();
                _hits++;
            }
        }

        return isOurs ? Load(place, stamp, flight!, read, load) : flight!.Wait();
    }

    private static long BytesOf(double gb, string name) => gb is >= 0 and <= 1 << 20
        ? (long)(gb * GiB)
        : throw new ArgumentOutOfRangeException(name, gb, "Expected 0 to 1048576 GiB.");

    private static void LetGo(List<SharedModel> dropped)
    {
        foreach (var model in dropped)
            model.LetGo(); // outside the lock: disposing a session takes its time
    }

    private ModelData Load(ModelPlace place, FileStamp stamp, ModelFlight flight, Func<ModelFile> read, Func<ModelFile, ModelData> load)
    {
        var reserved = 0L;
        try
        {
            var file = read();
            var key = ModelKey.OfContent(file.Hash, place.Device);
            List<SharedModel> dropped = [];
            lock (_lock)
            {
                if (_shelf.Find(key) is { } same)
                    return Land(place, stamp, key, flight, same); // a copy of a file that is loaded, or one that was only touched

                reserved = _shelf.Reserve(_weights.GetValueOrDefault(key, file.Bytes), dropped);
            }

            LetGo(dropped);
            using var loaded = load(file);
            dropped.Clear();
            try
            {
                lock (_lock)
                {
                    _loads++;
                    _shelf.CancelReservation(reserved);
                    reserved = 0;
                    _weights[key] = loaded.Bytes;
                    var model = _shelf.Find(key) ?? loaded.Model; // a copy may have been loaded meanwhile
                    if (!_disposed && ReferenceEquals(model, loaded.Model))
                        _shelf.TryKeep(key, model, dropped);
                    return Land(place, stamp, key, flight, model);
                }
            }
            finally
            {
                LetGo(dropped);
            }
        }
        catch (Exception exception)
        {
            lock (_lock)
            {
                _shelf.CancelReservation(reserved);
                _flights.Remove((place, stamp));
                flight.Fail(exception);
            }

            throw;
        }
    }

    private ModelData Land(ModelPlace place, FileStamp stamp, ModelKey key, ModelFlight flight, SharedModel model)
    {
        if (!_disposed)
            _places[place] = (stamp, key);
        _flights.Remove((place, stamp));
        flight.Complete(model);
        return new ModelData(model);
    }

    private ModelData? Find(ModelKey key)
    {
        if (_shelf.Find(key) is not { } model)
        {
            _misses++;
            return null;
        }

        _hits++;
        return new ModelData(model);
    }
}
