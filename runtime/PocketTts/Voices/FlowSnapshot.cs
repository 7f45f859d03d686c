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

    public static FlowSnapshot Capture(int position, StateSlot[] slots, IReadOnlyList<NativeTensor> states)
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

    /// <summary>Makes the states those of this snapshot, whatever was read and said in them before.</summary>
    /// <remarks>Rows that nobody used are zero and stay so; clearing the others alone spares clearing 49 MB before every chunk.</remarks>
    public void Restore(StateSlot[] slots, IReadOnlyList<NativeTensor> states)
    {
        var cache = 0;
        var reached = slots.Zip(states).Where(s => s.First.IsPosition).Max(s => s.Second.Integers[0]);
        for (var i = 0; i < slots.Length; i++)
        {
            if (slots[i].IsPosition)
                states[i].Integers.Fill(Position);
            else if (!slots[i].IsCache)
                slots[i].Reset(states[i]);
            if (!slots[i].IsCache)
                continue;
            var (halves, whole, used) = Extent(slots[i], Position);
            var rows = Caches[cache++].AsSpan();
            for (var half = 0; half < halves; half++)
            {
                rows.Slice(half * used, used).CopyTo(states[i].Bytes[(half * whole)..]);
                var stale = (int)Math.Clamp(reached - Position, 0, slots[i].Capacity - Position) * slots[i].RowBytes;
                states[i].Bytes.Slice((half * whole) + used, stale).Clear();
            }
        }
    }

    private static (int Halves, int WholeBytes, int UsedBytes) Extent(StateSlot cache, int position) =>
        (cache.Halves, cache.Capacity * cache.RowBytes, position * cache.RowBytes);
}
