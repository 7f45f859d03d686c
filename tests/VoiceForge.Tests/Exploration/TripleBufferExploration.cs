using System.Runtime.CompilerServices;
using VoiceForge.Audio;

namespace VoiceForge.Tests.Exploration;

/// <summary>One writer and one reader of a <see cref="TripleBuffer"/>'s core, and what must hold whatever they do.</summary>
internal sealed unsafe class TripleBufferExploration
{
    private const int Words = 2;
    private const int PublishedGhost = 0;
    private const int LastNote = 0;
    private const int Reader = 1;

    private readonly float[] _storage = GC.AllocateArray<float>(3 * Words, pinned: true);
    private readonly TripleBufferCore<ExploredAtomics>[] _core = GC.AllocateArray<TripleBufferCore<ExploredAtomics>>(1, pinned: true);
    private readonly int _publishes;
    private readonly int _reads;
    private readonly Explorer _explorer;

    public TripleBufferExploration(StoreOrder order, int publishes, int reads, Mutant? mutant = null)
    {
        _publishes = publishes;
        _reads = reads;
        var slots = new TripleBufferSlots();
        for (var index = 0; index < 3; index++)
            slots[index] = (nint)Unsafe.AsPointer(ref _storage[index * Words]);
        _core[0] = new TripleBufferCore<ExploredAtomics>(slots);
        _explorer = new Explorer(order, ghosts: 1, mutant) { Invariant = CheckPartition, AtEnd = CheckEnd, OperationLimit = 20 };
        _explorer.Name(ref Indices.Shared, "Shared");
        _explorer.Name(ref Indices.Write, "Write");
        _explorer.Name(ref Indices.Read, "Read");
    }

    private ref TripleBufferIndices Indices => ref _core[0].Indices;

    /// <returns>The explorer, for its figures.</returns>
    public Explorer Run()
    {
        _explorer.Explore(
            notes: 1,
            [.. Enumerable.Range(1, _publishes).Select(number => (Action<Execution>)(execution => Publish(execution, number)))],
            [.. Enumerable.Repeat((Action<Execution>)Take, _reads)]);
        return _explorer;
    }

    private static int LengthOf(int number) => 1 + number % Words;

    private void Publish(Execution execution, int number)
    {
        Span<float> block = stackalloc float[LengthOf(number)];
        block.Fill(number);
        _core[0].Publish(block);
        execution.SetGhost(PublishedGhost, number);
    }

    private void Take(Execution execution)
    {
        var published = execution.Ghost(PublishedGhost);
        var last = execution.Note(LastNote);
        var length = _core[0].Take();
        if (length == 0)
        {
            execution.Check(last >= published, "P5: a take that begins after a publish has returned finds that block or a newer one.");
            return;
        }

        var block = _core[0].Deliver();
        execution.Check(block.Length == length && length <= Words, "P3: the length is one that was published.");
        Span<float> words = stackalloc float[Words];
        ExploredAtomics.Load(block, words);
        var number = (int)words[0];
        execution.Check(number > 0 && length == LengthOf(number), "P3: a block arrives with its own length.");
        execution.Check(!words[..block.Length].ContainsAnyExcept(number), "P3, P4: a block arrives whole.");
        execution.Check(number > last, "P6: each block is newer than the one before.");
        execution.Check(number >= published, "P5: a take that begins after a publish has returned finds that block or a newer one.");
        execution.SetNote(LastNote, number);
    }

    private void CheckPartition(ExploredState state)
    {
        var shared = _explorer.ValueOf(ref Indices.Shared, state) & TripleBufferCore<ExploredAtomics>.IndexMask;
        var write = _explorer.ValueOf(ref Indices.Write, state);
        var read = _explorer.ValueOf(ref Indices.Read, state);
        if (((1 << (int)shared) | (1 << (int)write) | (1 << (int)read)) != 0b111)
            _explorer.Fail($"P1, P2: the slots {write}, {shared} and {read} of writer, both and reader are three different ones.", state, "");
    }

    private void CheckEnd(ExploredState state)
    {
        var isWaiting = (_explorer.ValueOf(ref Indices.Shared, state) & TripleBufferCore<ExploredAtomics>.DirtyBit) != 0;
        if (!isWaiting && state.Notes[Reader][LastNote] != _publishes)
            _explorer.Fail("P8: the last block was read or still waits.", state, "");

        var accounted = _explorer.ValueOf(ref Indices.Delivered, state) + _explorer.ValueOf(ref Indices.DroppedByWriter, state)
            + _explorer.ValueOf(ref Indices.DroppedByReader, state) + (isWaiting ? 1 : 0);
        if (_explorer.ValueOf(ref Indices.Published, state) != _publishes || accounted != _publishes)
            _explorer.Fail("Blocks read, dropped and waiting are those published.", state, "");
    }
}
