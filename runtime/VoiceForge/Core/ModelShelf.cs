namespace VoiceForge.Core;

/// <summary>The entries of a <see cref="ModelCache"/>, ordered by use, and what they and the loads under way count for. Called under the lock of the cache.</summary>
internal sealed class ModelShelf(long budget)
{
    private readonly Dictionary<ModelKey, Entry> _entries = [];
    private readonly LinkedList<Entry> _byUse = []; // most recently used first
    private long _reserved;

    public long Budget => budget;

    public long Bytes { get; private set; }

    public long Evictions { get; private set; }

    public int Count => _entries.Count;

    /// <summary>The model of a key, which is the most recently used from now on.</summary>
    public SharedModel? Find(ModelKey key)
    {
        if (!_entries.TryGetValue(key, out var entry))
            return null;

        if (_byUse.First != entry.Place)
        {
            _byUse.Remove(entry.Place);
            _byUse.AddFirst(entry.Place);
        }

        return entry.Model;
    }

    /// <summary>Makes room for a load before it begins, so that what is evicted is gone by then and two loads do not count on the same room.</summary>
    /// <returns>What was reserved: <paramref name="bytes"/>, or 0 when there is no room even with all idle models gone.</returns>
    public long Reserve(long bytes, List<SharedModel> dropped)
    {
        if (!TryMakeRoom(bytes, dropped))
            return 0;

        _reserved += bytes;
        return bytes;
    }

    public void CancelReservation(long bytes) => _reserved -= bytes;

    /// <summary>Keeps a model, in place of one under the same key.</summary>
    /// <returns><see langword="false"/> when it does not fit; then the one that was there is gone all the same, for it is not this one.</returns>
    public bool TryKeep(ModelKey key, SharedModel model, List<SharedModel> dropped)
    {
        if (_entries.TryGetValue(key, out var old))
            Drop(old, dropped);
        if (!TryMakeRoom(model.Bytes, dropped))
            return false;

        var entry = new Entry(key, model.Hold());
        _byUse.AddFirst(entry.Place);
        _entries.Add(key, entry);
        Bytes += model.Bytes;
        return true;
    }

    /// <summary>Evicts idle models, least recently used first, until the others count for so much at most or are all in use.</summary>
    public void TrimTo(long bytes, List<SharedModel> dropped)
    {
        for (var entry = _byUse.Last; entry is not null && Bytes > bytes;)
        {
            var next = entry.Previous;
            if (IsIdle(entry.Value))
                Evict(entry.Value, dropped);
            entry = next;
        }
    }

    public void Clear(List<SharedModel> dropped)
    {
        foreach (var entry in _byUse.ToList())
            Drop(entry, dropped);
    }

    /// <summary>What is wrong with the bookkeeping, if anything is.</summary>
    public string? FindFault()
    {
        var sum = _byUse.Sum(entry => entry.Model.Bytes);
        return sum != Bytes ? $"The model cache counts {Bytes} bytes, its entries are {sum}: its bookkeeping was written over. Make a new cache."
            : Bytes > budget ? $"The model cache counts {Bytes} bytes, more than its budget of {budget}: its bookkeeping was written over. Make a new cache."
            : _byUse.FirstOrDefault(entry => entry.Model.IsDisposed) is { } lost ? $"The cached model '{lost.Model.Path}' was disposed by somebody else: dispose handles, never sessions."
            : null;
    }

    private bool TryMakeRoom(long bytes, List<SharedModel> dropped)
    {
        var excess = Bytes + _reserved + bytes - budget;
        if (excess > 0 && excess > _byUse.Where(IsIdle).Sum(entry => entry.Model.Bytes))
            return false; // before anything is evicted in vain

        TrimTo(budget - _reserved - bytes, dropped);
        return true;
    }

    // A model kept under two names is held twice by us.
    private bool IsIdle(Entry entry) => entry.Model.Holders == _byUse.Count(other => ReferenceEquals(other.Model, entry.Model));

    private void Evict(Entry entry, List<SharedModel> dropped)
    {
        Drop(entry, dropped);
        Evictions++;
    }

    private void Drop(Entry entry, List<SharedModel> dropped)
    {
        _entries.Remove(entry.Key);
        _byUse.Remove(entry.Place);
        Bytes -= entry.Model.Bytes;
        dropped.Add(entry.Model);
    }

    private sealed class Entry
    {
        public Entry(ModelKey key, SharedModel model)
        {
            Key = key;
            Model = model;
            Place = new LinkedListNode<Entry>(this);
        }

        public ModelKey Key { get; }

        public SharedModel Model { get; }

        public LinkedListNode<Entry> Place { get; }
    }
}
