namespace VoiceForge.Audio;

/// <summary>The hand-over of a <see cref="SampleQueue"/>: each side writes one count and keeps a copy of the other's.</summary>
/// <remarks>
/// What makes it right, proven by trying every interleaving in the tests: the writer's count is never behind the reader's nor ahead of it
/// by more than the capacity, so the two never touch the same sample at once. No operation needs a bus lock.
/// </remarks>
/// <param name="storage">Address of 2^n samples that outlive this value.</param>
/// <param name="storageLength">2^n, so that a count becomes a position by masking.</param>
/// <param name="capacity">Samples; may be less than the storage.</param>
internal unsafe struct SampleQueueCore<TAtomics>(nint storage, int storageLength, int capacity)
    where TAtomics : struct, IAtomics
{
    public SampleQueueIndices Indices;

    /// <summary>Any thread.</summary>
    /// <returns>Samples waiting: for the reader at least so many, for the writer at most.</returns>
    public int CountWaiting()
    {
        var tail = TAtomics.Read(ref Indices.Tail); // before the head, which is never behind it
        return (int)Math.Min(capacity, TAtomics.Read(ref Indices.Head) - tail);
    }

    /// <summary>Writer only.</summary>
    /// <returns>Samples accepted, from the start.</returns>
    public int Write(ReadOnlySpan<float> audio)
    {
        var head = TAtomics.Own(ref Indices.Head);
        var room = capacity - (head - TAtomics.Own(ref Indices.TailSeenByWriter));
        if (room < audio.Length)
        {
            // Acquire: what the reader did before it moved its count, it is done with.
            var tail = TAtomics.Read(ref Indices.Tail);
            TAtomics.SetOwn(ref Indices.TailSeenByWriter, tail);
            room = capacity - (head - tail);
        }

        var accepted = (int)Math.Min(audio.Length, room);
        var position = (int)head & (storageLength - 1);
        var untilWrap = Math.Min(accepted, storageLength - position);
        TAtomics.Store(audio[..untilWrap], At(position, untilWrap));
        if (untilWrap < accepted)
            TAtomics.Store(audio[untilWrap..accepted], At(0, accepted - untilWrap));

        // Release: the samples are visible before the count that covers them.
        TAtomics.Write(ref Indices.Head, head + accepted);
        return accepted;
    }

    /// <summary>Reader only.</summary>
    /// <returns>Samples taken, to the start of the destination.</returns>
    public int Read(Span<float> destination)
    {
        var tail = TAtomics.Own(ref Indices.Tail);
        var waiting = TAtomics.Own(ref Indices.HeadSeenByReader) - tail;
        if (waiting < destination.Length)
        {
            // Acquire: the samples below this count are visible.
            var head = TAtomics.Read(ref Indices.Head);
            TAtomics.SetOwn(ref Indices.HeadSeenByReader, head);
            waiting = head - tail;
        }

        var taken = (int)Math.Min(destination.Length, waiting);
        var position = (int)tail & (storageLength - 1);
        var untilWrap = Math.Min(taken, storageLength - position);
        TAtomics.Load(At(position, untilWrap), destination);
        if (untilWrap < taken)
            TAtomics.Load(At(0, taken - untilWrap), destination[untilWrap..]);

        // Release: our reads are over before the writer sees the place as free.
        TAtomics.Write(ref Indices.Tail, tail + taken);
        return taken;
    }

    /// <summary>Reader only. Forgets what waits.</summary>
    public void Clear()
    {
        var head = TAtomics.Read(ref Indices.Head);
        TAtomics.SetOwn(ref Indices.HeadSeenByReader, head);
        TAtomics.Write(ref Indices.Tail, head);
    }

    private readonly Span<float> At(int position, int length) => new((float*)storage + position, length);
}
