using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace VoiceForge.Tests.Exploration;

/// <summary>All that decides how a program can go on: memory, store buffers, and how far each thread is.</summary>
internal sealed class ExploredState
{
    private ExploredState(ExploredState? previous, string step)
    {
        Previous = previous;
        Step = step;
    }

    /// <summary>How the state came about, for the report of a failure.</summary>
    public ExploredState? Previous { get; }

    public string Step { get; set; }

    public long[] Cells { get; private set; } = [];

    public PendingStore[][] Buffers { get; private set; } = [];

    /// <summary>The operation each thread is in, or about to begin.</summary>
    public int[] Operation { get; private set; } = [];

    /// <summary>What the accesses of the current operation have returned: run again, it comes to where it was.</summary>
    public long[][] Log { get; private set; } = [];

    /// <summary>What each thread has kept of its finished operations.</summary>
    public long[][] Notes { get; private set; } = [];

    public static ExploredState Initial(int threads, int notes) => new(null, "start")
    {
        Buffers = Repeat(threads, () => Array.Empty<PendingStore>()),
        Operation = new int[threads],
        Log = Repeat(threads, () => Array.Empty<long>()),
        Notes = Repeat(threads, () => new long[notes]),
    };

    public ExploredState Next(List<long> initialCells)
    {
        var next = new ExploredState(this, "")
        {
            Cells = new long[initialCells.Count],
            Buffers = [.. Buffers],
            Operation = [.. Operation],
            Log = [.. Log],
            Notes = [.. Notes],
        };
        Cells.CopyTo(next.Cells, 0);
        CollectionsMarshal.AsSpan(initialCells)[Cells.Length..].CopyTo(next.Cells.AsSpan(Cells.Length));
        return next;
    }

    public void AddCell(long initial) => Cells = [.. Cells, initial];

    /// <summary>128 bits that stand for the state.</summary>
    public UInt128 Fingerprint()
    {
        var words = new List<long>(64);
        words.AddRange(Cells);
        for (var thread = 0; thread < Operation.Length; thread++)
        {
            words.Add(Operation[thread]);
            words.Add(Log[thread].Length);
            words.AddRange(Log[thread]);
            words.AddRange(Notes[thread]);
            words.Add(Buffers[thread].Length);
            foreach (var store in Buffers[thread])
            {
                words.Add(store.Cell * 2 + (store.IsRelease ? 1 : 0));
                words.Add(store.Value);
            }
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(words)), hash);
        return MemoryMarshal.Read<UInt128>(hash);
    }

    public string Trace()
    {
        var steps = new List<string>();
        for (var state = this; state is not null; state = state.Previous)
            steps.Add(state.Step);
        steps.Reverse();
        return string.Join(Environment.NewLine, steps);
    }

    private static T[] Repeat<T>(int count, Func<T> create) => [.. Enumerable.Range(0, count).Select(_ => create())];
}
