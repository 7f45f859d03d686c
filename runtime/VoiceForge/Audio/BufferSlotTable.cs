namespace VoiceForge.Audio;

/// <summary>Which slots of a <see cref="BufferPool"/> are free and who holds the others: all of the pool but its memory.</summary>
internal sealed class BufferSlotTable
{
    private const int NoSlot = -1;

    private readonly long[] _words; // generation << 32 | SlotState, one for each slot
    private readonly int[] _next;   // the free list: the slot below each free slot
    private long _head;             // tag << 32 | index of the topmost free slot, or NoSlot

    private long _acquires;
    private long _releases;
    private long _exhausted;
    private long _doubleReleases;
    private long _staleReleases;
    private int _peakInUse;
    private int _quarantined;

    public BufferSlotTable(int count)
    {
        _words = new long[count];
        _next = new int[count];
        for (var index = 0; index < count; index++)
            _next[index] = index + 1 < count ? index + 1 : NoSlot;
    }

    private enum SlotState
    {
        Free,
        Used,
        Returning,
        Quarantined,
    }

    public long Acquires => Volatile.Read(ref _acquires);

    public long Releases => Volatile.Read(ref _releases);

    public bool TryTake(out int index, out uint generation)
    {
        while (TryPop(out index))
        {
            // Popped, the slot is ours alone; only the integrity check may still turn Free into Quarantined, hence the compare-exchange.
            var word = Volatile.Read(ref _words[index]);
            generation = GenerationOf(word) + 1;
            if (StateOf(word) == SlotState.Free && TryReplace(index, word, Word(generation, SlotState.Used)))
            {
                RecordPeak((int)(Interlocked.Increment(ref _acquires) - Releases));
                return true;
            }
        }

        generation = 0;
        Interlocked.Increment(ref _exhausted);
        return false;
    }

    public bool IsHeldBy(int index, uint generation) => Volatile.Read(ref _words[index]) == Word(generation, SlotState.Used);

    /// <summary>Takes the slot from its holder; it is not free before <see cref="EndReturn"/>. Of several that try, one succeeds.</summary>
    public bool TryBeginReturn(int index, uint generation)
    {
        if (TryReplace(index, Word(generation, SlotState.Used), Word(generation, SlotState.Returning)))
        {
            Interlocked.Increment(ref _releases);
            return true;
        }

        if (GenerationOf(Volatile.Read(ref _words[index])) == generation)
            Interlocked.Increment(ref _doubleReleases);
        else
            Interlocked.Increment(ref _staleReleases);
        return false;
    }

    public void EndReturn(int index, bool intact)
    {
        var generation = GenerationOf(_words[index]);
        Volatile.Write(ref _words[index], Word(generation, intact ? SlotState.Free : SlotState.Quarantined));
        if (intact)
            Push(index);
        else
            Interlocked.Increment(ref _quarantined);
    }

    public void CountForeignRelease() => Interlocked.Increment(ref _staleReleases);

    /// <summary>Takes a free slot out of service; it stays in the list and is dropped when it is popped. A used one is judged at its return.</summary>
    public void QuarantineIfFree(int index)
    {
        var word = Volatile.Read(ref _words[index]);
        if (StateOf(word) == SlotState.Free && TryReplace(index, word, Word(GenerationOf(word), SlotState.Quarantined)))
            Interlocked.Increment(ref _quarantined);
    }

    public BufferPoolStatistics GetStatistics(long totalBytes)
    {
        var releases = Releases; // before Acquires: the difference is then never negative
        var acquires = Acquires;
        var inUse = (int)Math.Min(_words.Length, acquires - releases);
        var quarantined = Volatile.Read(ref _quarantined);
        return new BufferPoolStatistics(
            _words.Length, inUse, Math.Max(0, _words.Length - inUse - quarantined), Volatile.Read(ref _peakInUse), acquires, releases,
            Volatile.Read(ref _exhausted), Volatile.Read(ref _doubleReleases), Volatile.Read(ref _staleReleases),
            GuardFailures: quarantined, quarantined, totalBytes);
    }

    /// <summary>Whether the slot words can exist at all; true at any instant, whatever other threads do.</summary>
    public void CheckWords(List<string> problems)
    {
        for (var index = 0; index < _words.Length; index++)
        {
            var state = StateOf(Volatile.Read(ref _words[index]));
            if (state is < SlotState.Free or > SlotState.Quarantined)
                problems.Add($"Slot {index} is in the unknown state {(int)state}: its bookkeeping was written over.");
        }
    }

    /// <summary>Whether the free list and the used slots add up. Only meaningful when no slot came or went meanwhile.</summary>
    public void CheckConservation(long inUse, List<string> problems)
    {
        var used = _words.Count(word => StateOf(word) is SlotState.Used or SlotState.Returning);
        if (used != inUse)
            problems.Add($"{used} slots are marked as used, but {inUse} leases are outstanding.");

        var isListed = new bool[_words.Length];
        for (var index = (int)_head; index != NoSlot; index = _next[index])
        {
            if ((uint)index >= (uint)_words.Length || isListed[index])
            {
                problems.Add($"The free list is broken at slot {index}.");
                return;
            }

            isListed[index] = true;
            if (StateOf(_words[index]) is SlotState.Used or SlotState.Returning)
                problems.Add($"Slot {index} is in the free list and in use.");
        }

        for (var index = 0; index < _words.Length; index++)
        {
            if (StateOf(_words[index]) == SlotState.Free && !isListed[index])
                problems.Add($"Slot {index} is free but not in the free list; it can never be acquired.");
        }
    }

    private bool TryPop(out int index)
    {
        while (true)
        {
            var head = Volatile.Read(ref _head);
            index = (int)head;
            if (index == NoSlot)
                return false;

            // May be outdated when the slot was popped meanwhile; then the tag differs and the exchange fails.
            var below = Volatile.Read(ref _next[index]);
            if (Interlocked.CompareExchange(ref _head, Head(head, below), head) == head)
                return true;
        }
    }

    private void Push(int index)
    {
        while (true)
        {
            var head = Volatile.Read(ref _head);
            Volatile.Write(ref _next[index], (int)head);
            if (Interlocked.CompareExchange(ref _head, Head(head, index), head) == head)
                return;
        }
    }

    private void RecordPeak(int inUse)
    {
        var peak = Volatile.Read(ref _peakInUse);
        while (inUse > peak)
        {
            var seen = Interlocked.CompareExchange(ref _peakInUse, inUse, peak);
            if (seen == peak)
                return;

            peak = seen;
        }
    }

    private bool TryReplace(int index, long expected, long replacement) =>
        Interlocked.CompareExchange(ref _words[index], replacement, expected) == expected;

    // The tag changes with every push and pop: a head that was popped and pushed again meanwhile is not mistaken for the old one (ABA).
    private static long Head(long previous, int index) => (((previous >> 32) + 1) << 32) | (uint)index;

    private static long Word(uint generation, SlotState state) => ((long)generation << 32) | (uint)state;

    private static uint GenerationOf(long word) => (uint)(word >> 32);

    private static SlotState StateOf(long word) => (SlotState)(int)word;
}
