namespace VoiceForge.Audio;

/// <summary>The hand-over of a <see cref="TripleBuffer"/>: one exchange to publish, one load and at most one exchange to take.</summary>
/// <remarks>
/// What makes it right, proven by trying every interleaving in the tests: the writer's slot, the reader's slot and the slot in the shared
/// word are always three different ones, since each exchange swaps a slot of one's own for the shared one.
/// </remarks>
/// <param name="slots">Addresses of three blocks that outlive this value.</param>
internal unsafe struct TripleBufferCore<TAtomics>(TripleBufferSlots slots)
    where TAtomics : struct, IAtomics
{
    public const int IndexMask = 0b011;
    public const int DirtyBit = 0b100;
    public const int LengthShift = 3;

    public TripleBufferIndices Indices = new() { Shared = 0, Write = 1, Read = 2 };

    private readonly TripleBufferSlots _slots = slots;

    /// <summary>Writer only. Makes a copy of the block the newest one.</summary>
    public void Publish(ReadOnlySpan<float> block)
    {
        var own = TAtomics.Own(ref Indices.Write);
        TAtomics.Store(block, Slot(own, block.Length));

        // Full fence: the slot's content is visible before its index, and the slot we get back is no longer read.
        var previous = TAtomics.Exchange(ref Indices.Shared, ((long)block.Length << LengthShift) | DirtyBit | own);
        TAtomics.SetOwn(ref Indices.Write, previous & IndexMask);
        if ((previous & DirtyBit) != 0)
            TAtomics.Add(ref Indices.DroppedByWriter, 1);
        TAtomics.Add(ref Indices.Published, 1);
    }

    /// <summary>Reader only. Looks at the newest block without delivering it: until <see cref="Deliver"/> it is found again.</summary>
    /// <returns>Samples in it; 0 when there is none.</returns>
    public int Take()
    {
        var kept = TAtomics.Own(ref Indices.Kept);
        if ((TAtomics.Read(ref Indices.Shared) & DirtyBit) != 0)
        {
            if (kept != 0)
                TAtomics.Add(ref Indices.DroppedByReader, 1);

            // Only the reader clears the bit, so this full fence returns a published slot: the one seen above or a newer one.
            var previous = TAtomics.Exchange(ref Indices.Shared, TAtomics.Own(ref Indices.Read));
            TAtomics.SetOwn(ref Indices.Read, previous & IndexMask);
            kept = previous >> LengthShift;
            TAtomics.SetOwn(ref Indices.Kept, kept);
        }

        if (kept == 0)
            TAtomics.Add(ref Indices.EmptyReads, 1);
        return (int)kept;
    }

    /// <summary>Reader only, after <see cref="Take"/>. The block, valid until the next <see cref="Take"/>.</summary>
    public ReadOnlySpan<float> Deliver()
    {
        var length = (int)TAtomics.Own(ref Indices.Kept);
        TAtomics.SetOwn(ref Indices.Kept, 0);
        TAtomics.Add(ref Indices.Delivered, 1);
        return Slot(TAtomics.Own(ref Indices.Read), length);
    }

    /// <summary>Reader only, after <see cref="Take"/>. Forgets the block.</summary>
    public void Drop()
    {
        TAtomics.SetOwn(ref Indices.Kept, 0);
        TAtomics.Add(ref Indices.DroppedByReader, 1);
    }

    private readonly Span<float> Slot(long index, int length) => new((void*)_slots[(int)index], length);
}
