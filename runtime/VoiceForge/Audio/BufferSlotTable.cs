using System.Runtime.CompilerServices;

namespace VoiceForge.Audio;

/// <summary>Which slots of a <see cref="BufferPool"/> are free and who holds the others: all of the pool but its memory.</summary>
/// <remarks>
/// <para>
/// One word per slot decides everything: generation, state and whether the slot is in the free list. A slot is taken and returned by one
/// compare-exchange on its word. Each lane (a thread, as far as there are enough) remembers the last few slots returned on it and tries
/// those first; such a slot stays in the free list and is passed over when it comes up there. So the usual pair of calls on one thread
/// costs two interlocked operations, and the free list is used when slots wander between threads.
/// </para>
/// <para>
/// Nothing is counted on that path: the acquisitions of a slot are its generation. A slot that was never used is only taken when all used
/// ones are out, so the peak is recorded there. Generations have 61 bits and do not wrap.
/// </para>
/// Source of the free list: R. K. Treiber, "Systems Programming: Coping with Parallelism", IBM RJ 5118, 1986, here with a tag against ABA.
/// </remarks>
internal sealed class BufferSlotTable<TAtomics>
    where TAtomics : struct, IAtomics
{
    public const int WordsPerLine = 16; // 128 bytes: slots of different threads must not share a line, nor a pair of lines
    public const long StateMask = 0b011;
    public const long ListedBit = 0b100;
    public const int GenerationShift = 3;

    private const int Lanes = 16;
    private const int RememberedBits = 16; // four slots in the word of a lane, each as its index plus 1
    private const int RememberedMask = (1 << RememberedBits) - 1;

    private readonly int _count;
    private readonly long[] _slots; // for each slot a line with its word and the slot below it in the free list
    private readonly long[] _lanes;
    private readonly long[] _shared; // lines, in the order of the properties below

    public BufferSlotTable(int count)
    {
        _count = count;
        _slots = GC.AllocateArray<long>(checked((count + 1) * WordsPerLine), pinned: true);
        _lanes = GC.AllocateArray<long>((Lanes + 1) * WordsPerLine, pinned: true);
        _shared = GC.AllocateArray<long>(4 * WordsPerLine, pinned: true);
        for (var index = 0; index < count; index++)
        {
            WordOf(index) = ListedBit;
            BelowOf(index) = index + 1 < count ? index + 2 : 0;
        }

        Head = 1;
    }

    internal enum SlotState
    {
        Free,
        Used,
        Returning,
        Quarantined,
    }

    /// <summary>Tag &lt;&lt; 32 | index + 1 of the topmost listed slot, or 0.</summary>
    internal ref long Head => ref _shared[WordsPerLine];

    private ref long Exhausted => ref _shared[2 * WordsPerLine];

    private ref long DoubleReleases => ref _shared[2 * WordsPerLine + 1];

    private ref long StaleReleases => ref _shared[2 * WordsPerLine + 2];

    private ref long Peak => ref _shared[2 * WordsPerLine + 3];

    private ref long EverUsed => ref _shared[2 * WordsPerLine + 4];

    private ref long Quarantined => ref _shared[2 * WordsPerLine + 5];

    private ref long QuarantinedAfterUse => ref _shared[2 * WordsPerLine + 6];

    internal ref long Closed => ref _shared[3 * WordsPerLine];

    private ref long Retired => ref _shared[3 * WordsPerLine + 1];

    /// <returns><see langword="false"/> when all slots are in use or out of service, or the table is closed.</returns>
    public bool TryTake(out int index, out long generation)
    {
        index = 0;
        generation = 0;
        if (TAtomics.Read(ref Closed) != 0)
            return false;

        if (!TryTakeRemembered(out index, out generation) && !TryTakeListed(out index, out generation))
        {
            Increment(ref Exhausted);
            return false;
        }

        // After our compare-exchange, as Close sets the flag before it looks at the slots (all full fences): either we see the flag, or
        // Close sees that the slot is in use.
        if (TAtomics.Read(ref Closed) == 0)
            return true;

        TryReturn(index, generation, isIntact: true);
        return false;
    }

    public bool IsHeldBy(int index, long generation) => IsUsed(TAtomics.Read(ref WordOf(index)), generation);

    /// <summary>Ends the lease; of several that try, one succeeds. A slot that is not intact goes out of service.</summary>
    public bool TryReturn(int index, long generation, bool isIntact)
    {
        ref var location = ref WordOf(index);
        var word = TAtomics.Read(ref location);
        while (IsUsed(word, generation))
        {
            // The listed bit is set before the slot is listed: a free slot is in the list, or somebody is about to put it there.
            var next = isIntact ? (word & ~StateMask) | ListedBit : Word(generation, SlotState.Quarantined);
            var seen = TAtomics.CompareExchange(ref location, next, word);
            if (seen == word)
            {
                Finish(index, word, isIntact);
                return true;
            }

            word = seen; // it was passed over in the list meanwhile, which happens once; or another release was faster
        }

        CountRefused(index, generation);
        return false;
    }

    /// <summary>Takes the slot from its holder, who may still work on it; it is not free before <see cref="EndReturn"/>.</summary>
    public bool TryBeginReturn(int index, long generation)
    {
        ref var location = ref WordOf(index);
        var word = TAtomics.Read(ref location);
        while (IsUsed(word, generation))
        {
            var seen = TAtomics.CompareExchange(ref location, Word(generation, SlotState.Returning) | (word & ListedBit), word);
            if (seen == word)
                return true;

            word = seen;
        }

        CountRefused(index, generation);
        return false;
    }

    /// <summary>Only who succeeded in <see cref="TryBeginReturn"/>.</summary>
    public void EndReturn(int index, long generation, bool isIntact)
    {
        ref var location = ref WordOf(index);
        var word = TAtomics.Read(ref location);
        while (true)
        {
            var next = Word(generation, isIntact ? SlotState.Free : SlotState.Quarantined) | ListedBit;
            var seen = TAtomics.CompareExchange(ref location, next, word);
            if (seen == word)
                break;

            word = seen; // as in TryReturn
        }

        Finish(index, word, isIntact);
    }

    public void CountForeignRelease() => Increment(ref StaleReleases);

    /// <summary>What the slot's word is now: the proof, given to <see cref="QuarantineIfUnchanged"/>, that it was free all the while.</summary>
    public bool IsFree(int index, out long word)
    {
        word = TAtomics.Read(ref WordOf(index));
        return StateOf(word) == SlotState.Free;
    }

    /// <summary>Takes a free slot out of service; it stays in the list and is dropped when it comes up.</summary>
    /// <returns><see langword="false"/> when it was acquired meanwhile; a used slot is judged when it is returned.</returns>
    public bool QuarantineIfUnchanged(int index, long word)
    {
        var next = (word & ~StateMask) | (long)SlotState.Quarantined;
        if (TAtomics.CompareExchange(ref WordOf(index), next, word) != word)
            return false;

        CountQuarantined(GenerationOf(word));
        return true;
    }

    /// <summary>Refuses all further acquisitions.</summary>
    /// <returns><see langword="false"/> the second time.</returns>
    public bool Close() => TAtomics.Exchange(ref Closed, 1) == 0;

    public bool IsClosed => TAtomics.Read(ref Closed) != 0;

    /// <summary>Whether the table is closed and the last lease came back: <see langword="true"/> once, for the one who frees the memory.</summary>
    public bool TryRetire()
    {
        if (!IsClosed)
            return false;

        // No lease that is counted begins any more, so a slot that was seen free stays so. One that is taken and returned at once by a
        // late TryTake may be seen in use; its TryTake comes here afterwards too.
        for (var index = 0; index < _count; index++)
        {
            if (StateOf(TAtomics.Read(ref WordOf(index))) is SlotState.Used or SlotState.Returning)
                return false;
        }

        return TAtomics.Exchange(ref Retired, 1) == 0;
    }

    public BufferPoolStatistics GetStatistics(long totalBytes)
    {
        var (acquires, inUse) = (0L, 0);
        for (var index = 0; index < _count; index++)
        {
            var word = TAtomics.Read(ref WordOf(index));
            acquires += GenerationOf(word);
            inUse += StateOf(word) is SlotState.Used or SlotState.Returning ? 1 : 0;
        }

        var quarantined = (int)TAtomics.Read(ref Quarantined);
        return new BufferPoolStatistics(
            _count, inUse, Math.Max(0, _count - inUse - quarantined), (int)TAtomics.Read(ref Peak), acquires, acquires - inUse,
            TAtomics.Read(ref Exhausted), TAtomics.Read(ref DoubleReleases), TAtomics.Read(ref StaleReleases),
            GuardFailures: quarantined, quarantined, totalBytes);
    }

    internal ref long WordOf(int index) => ref _slots[(index + 1) * WordsPerLine];

    internal ref long BelowOf(int index) => ref _slots[(index + 1) * WordsPerLine + 1];

    internal ref long LaneOf(int lane) => ref _lanes[((lane & (Lanes - 1)) + 1) * WordsPerLine];

    internal static long GenerationOf(long word) => word >> GenerationShift;

    internal static SlotState StateOf(long word) => (SlotState)(word & StateMask);

    private static bool IsUsed(long word, long generation) => (word & ~ListedBit) == Word(generation, SlotState.Used);

    private static long Word(long generation, SlotState state) => (generation << GenerationShift) | (long)state;

    // The lane's word is only a memory aid: whatever two threads of one lane make of it, the slot's own word decides.
    private bool TryTakeRemembered(out int index, out long generation)
    {
        index = 0;
        generation = 0;
        ref var lane = ref LaneOf(TAtomics.Lane);
        var remembered = TAtomics.Read(ref lane);
        if (remembered == 0)
            return false;

        TAtomics.Write(ref lane, (long)((ulong)remembered >> RememberedBits));
        index = (int)(remembered & RememberedMask) - 1;
        ref var location = ref WordOf(index);
        var word = TAtomics.Read(ref location);
        if (StateOf(word) != SlotState.Free)
            return false;

        generation = GenerationOf(word) + 1;
        return TAtomics.CompareExchange(ref location, Word(generation, SlotState.Used) | (word & ListedBit), word) == word;
    }

    private bool TryTakeListed(out int index, out long generation)
    {
        while (TryPop(out index))
        {
            ref var location = ref WordOf(index);
            var word = TAtomics.Read(ref location);
            while (StateOf(word) != SlotState.Quarantined)
            {
                // Popped, it is no longer listed: either we take it, or its holder will list it again.
                var isFree = StateOf(word) == SlotState.Free;
                generation = GenerationOf(word) + 1;
                var seen = TAtomics.CompareExchange(ref location, isFree ? Word(generation, SlotState.Used) : word & ~ListedBit, word);
                if (seen != word)
                {
                    word = seen;
                    continue;
                }

                if (!isFree)
                    break;

                if (generation == 1)
                    RecordFirstUse();
                return true;
            }
        }

        generation = 0;
        return false;
    }

    private void Finish(int index, long word, bool isIntact)
    {
        if (!isIntact)
        {
            CountQuarantined(GenerationOf(word));
            return;
        }

        if ((word & ListedBit) == 0)
            Push(index);
        if (index >= RememberedMask)
            return;

        ref var lane = ref LaneOf(TAtomics.Lane);
        TAtomics.Write(ref lane, (TAtomics.Read(ref lane) << RememberedBits) | (uint)(index + 1));
    }

    private bool TryPop(out int index)
    {
        while (true)
        {
            var head = TAtomics.Read(ref Head);
            index = (int)head - 1;
            if (index < 0)
                return false;

            // May be outdated when the slot was popped meanwhile; then the tag differs and the exchange fails.
            var below = TAtomics.Read(ref BelowOf(index));
            if (TAtomics.CompareExchange(ref Head, NewHead(head, below), head) == head)
                return true;
        }
    }

    private void Push(int index)
    {
        while (true)
        {
            var head = TAtomics.Read(ref Head);
            TAtomics.Write(ref BelowOf(index), (int)head);
            if (TAtomics.CompareExchange(ref Head, NewHead(head, index + 1), head) == head)
                return;
        }
    }

    // The tag changes with every push and pop: a head that was popped and pushed again meanwhile is not mistaken for the old one (ABA).
    private static long NewHead(long previous, long top) => (((previous >> 32) + 1) << 32) | top;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void CountRefused(int index, long generation)
    {
        if (GenerationOf(TAtomics.Read(ref WordOf(index))) == generation)
            Increment(ref DoubleReleases);
        else
            Increment(ref StaleReleases);
    }

    private void CountQuarantined(long generation)
    {
        Increment(ref Quarantined);
        if (generation != 0)
            Increment(ref QuarantinedAfterUse);
    }

    // Here all slots that were ever used are out, but for those taken out of service: the only moment at which the peak can rise.
    private void RecordFirstUse()
    {
        var inUse = Increment(ref EverUsed) - TAtomics.Read(ref QuarantinedAfterUse);
        var peak = TAtomics.Read(ref Peak);
        while (inUse > peak)
        {
            var seen = TAtomics.CompareExchange(ref Peak, inUse, peak);
            if (seen == peak)
                return;

            peak = seen;
        }
    }

    private static long Increment(ref long counter)
    {
        while (true)
        {
            var value = TAtomics.Read(ref counter);
            if (TAtomics.CompareExchange(ref counter, value + 1, value) == value)
                return value + 1;
        }
    }
}
