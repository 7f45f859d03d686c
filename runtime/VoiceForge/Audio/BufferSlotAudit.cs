namespace VoiceForge.Audio;

/// <summary>Whether the bookkeeping of a <see cref="BufferPool"/> holds together. One thread at a time; slots may come and go meanwhile.</summary>
internal sealed class BufferSlotAudit(BufferSlotTable<HardwareAtomics> slots, int count)
{
    /// <summary>Longer than any running thread stays between two instructions.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly (long Word, TimeSpan Since)?[] _missing = new (long, TimeSpan)?[count];

    /// <param name="problems">Gets a sentence for each finding.</param>
    /// <param name="now">Any clock that only runs forward.</param>
    public void Check(List<string> problems, TimeSpan now)
    {
        var (words, head) = Look();
        var isListed = new bool[count];
        var breakAt = Walk((int)head - 1, isListed);
        var (wordsAfter, headAfter) = Look();
        if (head != headAfter || !words.AsSpan().SequenceEqual(wordsAfter))
            return; // slots moved while we looked: what was seen belongs to no one instant

        if (breakAt is { } broken)
            problems.Add($"The free list is broken at slot {broken}: its bookkeeping was written over. Make a new pool.");

        for (var index = 0; index < count; index++)
        {
            var isFree = BufferSlotTable<HardwareAtomics>.StateOf(words[index]) == BufferSlotTable<HardwareAtomics>.SlotState.Free;
            if (isFree && (words[index] & BufferSlotTable<HardwareAtomics>.ListedBit) == 0)
                problems.Add($"Slot {index} is free but marked as not in the free list: its bookkeeping was written over. Make a new pool.");
            else if (isFree && !isListed[index] && breakAt is null)
                CheckMissing(index, words[index], now, problems);
            else
                _missing[index] = null;
        }
    }

    // A thread that was suspended in the middle of a call has the slot in its hands: it is lost only if that lasts.
    private void CheckMissing(int index, long word, TimeSpan now, List<string> problems)
    {
        if (_missing[index] is not { } suspect || suspect.Word != word)
            _missing[index] = (word, now);
        else if (now - suspect.Since >= Patience)
            problems.Add($"Slot {index} is free but not in the free list; no thread but the one that used it last can acquire it.");
    }

    private (long[] Words, long Head) Look()
    {
        var words = new long[count];
        for (var index = 0; index < count; index++)
            words[index] = Volatile.Read(ref slots.WordOf(index));
        return (words, Volatile.Read(ref slots.Head));
    }

    private int? Walk(int first, bool[] isListed)
    {
        for (var index = first; index >= 0; index = (int)Volatile.Read(ref slots.BelowOf(index)) - 1)
        {
            if (index >= count || isListed[index])
                return index;

            isListed[index] = true;
        }

        return null;
    }
}
