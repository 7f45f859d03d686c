using PocketTts.Onnx;

namespace PocketTts.Voices;

/// <summary>What the speech model has read and said so far: the used rows of its caches. Immutable, so any thread may share it.</summary>
internal sealed class FlowSnapshot
{
    private FlowSnapshot(int position, IReadOnlyList<float[]> caches)
    {
        Position = position;
        Caches = caches;
    }

    /// <summary>Positions in use.</summary>
    public int Position { get; }

    /// <summary>For each cache, in the order of the slots, its used rows: <c>[2 × position × row]</c>.</summary>
    public IReadOnlyList<float[]> Caches { get; }

    public static FlowSnapshot Capture(int position, StateSlot[] slots, IReadOnlyList<PinnedTensor> states)
    {
        var caches = new List<float[]>();
        for (var i = 0; i < slots.Length; i++)
        {
            if (!slots[i].IsCache)
                continue;
            var (halves, capacity, row) = Extent(slots[i]);
            var used = new float[halves * position * row];
            for (var half = 0; half < halves; half++)
                states[i].Floats.Slice(half * capacity * row, position * row).CopyTo(used.AsSpan(half * position * row));
            caches.Add(used);
        }

        return new FlowSnapshot(position, caches);
    }

    /// <summary>Rows beyond <see cref="Position"/> keep what they held: the graphs read used rows only.</summary>
    public void Restore(StateSlot[] slots, IReadOnlyList<PinnedTensor> states)
    {
        var cache = 0;
        for (var i = 0; i < slots.Length; i++)
        {
            if (slots[i].IsPosition)
                states[i].Integers.Fill(Position);
            if (!slots[i].IsCache)
                continue;
            var (halves, capacity, row) = Extent(slots[i]);
            var used = Caches[cache++].AsSpan();
            for (var half = 0; half < halves; half++)
                used.Slice(half * Position * row, Position * row).CopyTo(states[i].Floats[(half * capacity * row)..]);
        }
    }

    /// <summary>Reads the state that a published voice file carries: <c>module/cache</c> for each layer, shape [2, 1, positions, heads, size].</summary>
    /// <exception cref="InvalidDataException">The file was made for another model.</exception>
    public static FlowSnapshot FromTensors(IReadOnlyDictionary<string, SafeTensor> tensors, StateSlot[] slots, int capacity, string location)
    {
        var caches = new List<float[]>();
        long? position = null;
        foreach (var slot in slots.Where(s => s.IsCache))
        {
            if (!tensors.TryGetValue($"{slot.Module}/{slot.Key}", out var tensor))
                throw Foreign(location, $"it has no '{slot.Module}/{slot.Key}'");
            var isSameShape = tensor.Shape.Length == slot.Shape.Length && tensor.Shape.Where((_, axis) => axis != 2).SequenceEqual(slot.Shape.Where((_, axis) => axis != 2));
            if (!isSameShape || tensor.Shape[2] < 1 || tensor.Shape[2] > capacity - 2 || (position ?? tensor.Shape[2]) != tensor.Shape[2])
                throw Foreign(location, $"'{tensor.Name}' has shape [{string.Join(", ", tensor.Shape)}] where the model has [{string.Join(", ", slot.Shape)}]");
            position = tensor.Shape[2];
            caches.Add(tensor.Values);
        }

        var layers = tensors.Keys.Count(k => k.EndsWith("/cache", StringComparison.Ordinal));
        if (layers != caches.Count)
            throw Foreign(location, $"it has {layers} layers where the model has {caches.Count}");
        return new FlowSnapshot((int)position!.Value, caches);
    }

    private static (int Halves, int Capacity, int Row) Extent(StateSlot cache) =>
        ((int)(cache.Shape[0] * cache.Shape[1]), (int)cache.Shape[2], (int)(cache.Shape[3] * cache.Shape[4]));

    private static InvalidDataException Foreign(string location, string why) => new($"'{location}' is a voice of another model: {why}.");
}
