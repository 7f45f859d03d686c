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

    /// <summary>Reads the state that a voice file carries: <c>module/cache</c> for each layer, shape [2, 1, positions, heads, size].</summary>
    /// <exception cref="InvalidDataException">The file was made for another model.</exception>
    public static FlowSnapshot FromFile(VoiceFile file, SpeechEngine engine)
    {
        if (file.Model is not null && file.Model != engine.Manifest.BundleName)
            throw file.Foreign($"it was made for '{file.Model}', this is '{engine.Manifest.BundleName}'");

        var slots = engine.Graphs.FlowSlots.Where(s => s.IsCache).ToArray();
        var caches = new List<float[]>();
        long position = 0;
        foreach (var slot in slots)
        {
            if (!file.Tensors.TryGetValue(TensorName(slot), out var tensor))
                throw file.Foreign($"it has no '{TensorName(slot)}'");
            position = caches.Count == 0 && tensor.Shape is [_, _, var length, ..] ? length : position;
            if (position < 1 || position > engine.Graphs.Capacity - 2 || !tensor.Shape.SequenceEqual(ShapeOf(slot, position)))
                throw file.Foreign($"'{tensor.Name}' has shape [{string.Join(", ", tensor.Shape)}] where the model has [{string.Join(", ", slot.Shape)}]");
            caches.Add(tensor.Values);
        }

        return file.Layers == slots.Length
            ? new FlowSnapshot((int)position, caches)
            : throw file.Foreign($"it has {file.Layers} layers where the model has {slots.Length}");
    }

    public VoiceFile ToFile(SpeechEngine engine)
    {
        var tensors = engine.Graphs.FlowSlots
            .Where(s => s.IsCache)
            .Zip(Caches, (slot, rows) => new SafeTensor(TensorName(slot), ShapeOf(slot, Position), rows));
        return new VoiceFile("", engine.Manifest.BundleName, tensors.ToDictionary(t => t.Name));
    }

    private static string TensorName(StateSlot slot) => slot.Module + VoiceFile.CacheSuffix;

    private static long[] ShapeOf(StateSlot slot, long positions) => [slot.Shape[0], slot.Shape[1], positions, slot.Shape[3], slot.Shape[4]];

    private static (int Halves, int Capacity, int Row) Extent(StateSlot cache) =>
        ((int)(cache.Shape[0] * cache.Shape[1]), (int)cache.Shape[2], (int)(cache.Shape[3] * cache.Shape[4]));
}
