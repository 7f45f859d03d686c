namespace VoiceForge.Audio;

/// <summary>The state of a stream: lock-free, any thread, with a record of transitions that one thread reads in order.</summary>
internal sealed class StreamStateMachine
{
    private const int LogLength = 1024;

    // Bit n of entry m: whether state n may follow state m.
    private static readonly int[] Successors =
    [
        1 << (int)StreamState.Starting,
        1 << (int)StreamState.Running | 1 << (int)StreamState.Failed,
        1 << (int)StreamState.Stopping | 1 << (int)StreamState.Failsafe | 1 << (int)StreamState.Failed,
        1 << (int)StreamState.Stopped | 1 << (int)StreamState.Failed,
        1 << (int)StreamState.Running | 1 << (int)StreamState.Stopping | 1 << (int)StreamState.Failed,
        1 << (int)StreamState.Stopped,
    ];

    private readonly Entry[] _log = new Entry[LogLength];
    private long _word; // number of transitions << 8 | state
    private long _logRead;

    public StreamState State => StateOf(Volatile.Read(ref _word));

    /// <summary>Whether there are transitions not taken yet.</summary>
    public bool HasTransitions => Volatile.Read(ref _logRead) < Volatile.Read(ref _word) >> 8;

    public static bool IsAllowed(StreamState from, StreamState to) => (Successors[(int)from] & 1 << (int)to) != 0;

    /// <summary>Allocates nothing. <see langword="false"/>, with no effect, when the step is not allowed or the state is not <paramref name="from"/>.</summary>
    public bool TryTransition(StreamState from, StreamState to, string? reason = null)
    {
        var word = Volatile.Read(ref _word);
        if (StateOf(word) != from || !IsAllowed(from, to))
            return false;

        // Of all that saw this word, one wins; the number in it gives the winner its place in the log.
        var number = (word >> 8) + 1;
        if (Interlocked.CompareExchange(ref _word, number << 8 | (uint)to, word) != word)
            return false;

        ref var entry = ref _log[number % LogLength];
        entry.Change = new StreamStateChange(from, to, reason);
        Volatile.Write(ref entry.Number, number); // release: the change is complete before its number is visible
        return true;
    }

    /// <summary>The oldest transition not taken yet; one thread. Of more than <see cref="LogLength"/> at once the oldest are lost.</summary>
    public bool TryTakeTransition(out StreamStateChange change)
    {
        while (true)
        {
            var newest = Volatile.Read(ref _word) >> 8;
            var wanted = Math.Max(_logRead, newest - LogLength) + 1;
            ref var entry = ref _log[wanted % LogLength];
            change = default;
            if (wanted > newest || Volatile.Read(ref entry.Number) < wanted)
                return false;

            change = entry.Change;
            Interlocked.MemoryBarrier(); // the copy is made before the number is looked at again: unchanged, it was not overwritten meanwhile
            if (Volatile.Read(ref entry.Number) != wanted)
                continue;

            Volatile.Write(ref _logRead, wanted);
            return true;
        }
    }

    private static StreamState StateOf(long word) => (StreamState)(word & 0xFF);

    private struct Entry
    {
        public StreamStateChange Change;
        public long Number;
    }
}
