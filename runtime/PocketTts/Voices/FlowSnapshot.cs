using PocketTts.Onnx;

namespace PocketTts.Voices;

/// <summary>What the speech model has read and said so far: the used rows of its caches. Immutable, so any thread may share it.</summary>
internal sealed class FlowSnapshot
{
    public FlowSnapshot(int position, IReadOnlyList<byte[]> caches)
    {
        Position = position;
        Caches = caches;
    }

    /// <summary>Positions in use.</summary>
    public int Position { get; }

    /// <summary>For each cache state, in the order of the slots, its used rows as the graph holds them: <c>[halves × position × row]</c>.</summary>
    public IReadOnlyList<byte[]> Caches { get; }

    public static FlowSnapshot Capture(int position, StateSlot[] slots, IReadOnlyList<PinnedTensor> states)
    {
        var caches = new List<byte[]>();
        for (var i = 0; i < slots.Length; i++)
        {
            if (!slots[i].IsCache)
                continue;
            var (halves, whole, used) = Extent(slots[i], position);
            var rows = new byte[halves * used];
            for (var half = 0; half < halves; half++)
                states[i].Bytes.Slice(half * whole, used).CopyTo(rows.AsSpan(half * used));
            caches.Add(rows);
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
            var (halves, whole, used) = Extent(slots[i], Position);
            var rows = Caches[cache++].AsSpan();
            for (var half = 0; half < halves; half++)
                rows.Slice(half * used, used).CopyTo(states[i].Bytes[(half * whole)..]);
        }
    }

    private static (int Halves, int WholeBytes, int UsedBytes) Extent(StateSlot cache, int position) =>
        (cache.Halves, cache.Capacity * cache.RowBytes, position * cache.RowBytes);
}
