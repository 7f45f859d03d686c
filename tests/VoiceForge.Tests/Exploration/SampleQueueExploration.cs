using System.Runtime.CompilerServices;
using VoiceForge.Audio;

namespace VoiceForge.Tests.Exploration;

/// <summary>One writer and one reader of a <see cref="SampleQueue"/>'s core: consecutive numbers must come out as they went in.</summary>
internal sealed unsafe class SampleQueueExploration
{
    private const int NextNote = 0;
    private const int Writer = 0;
    private const int Reader = 1;

    private readonly int _capacity;
    private readonly float[] _storage;
    private readonly SampleQueueCore<ExploredAtomics>[] _core = GC.AllocateArray<SampleQueueCore<ExploredAtomics>>(1, pinned: true);
    private readonly Explorer _explorer;

    public SampleQueueExploration(StoreOrder order, int storage, int capacity, Mutant? mutant = null)
    {
        _capacity = capacity;
        _storage = GC.AllocateArray<float>(storage, pinned: true);
        _core[0] = new SampleQueueCore<ExploredAtomics>((nint)Unsafe.AsPointer(ref _storage[0]), storage, capacity);
        _explorer = new Explorer(order, ghosts: 0, mutant) { Invariant = CheckCounts, AtEnd = CheckEnd, OperationLimit = 20 };
        _explorer.Name(ref Indices.Head, "Head");
        _explorer.Name(ref Indices.Tail, "Tail");
    }

    private ref SampleQueueIndices Indices => ref _core[0].Indices;

    /// <param name="writes">Samples of each write.</param>
    /// <param name="reads">Samples of each read; 0 clears.</param>
    public Explorer Run(int[] writes, int[] reads)
    {
        _explorer.Explore(
            notes: 1,
            [.. writes.Select(length => (Action<Execution>)(execution => Write(execution, length)))],
            [.. reads.Select(length => (Action<Execution>)(execution => Read(execution, length)))]);
        return _explorer;
    }

    private void Write(Execution execution, int length)
    {
        Span<float> block = stackalloc float[length];
        for (var index = 0; index < length; index++)
            block[index] = execution.Note(NextNote) + index + 1;
        execution.SetNote(NextNote, execution.Note(NextNote) + _core[0].Write(block));
    }

    private void Read(Execution execution, int length)
    {
        Span<float> block = stackalloc float[length];
        var taken = _core[0].Read(block);
        for (var index = 0; index < taken; index++)
            execution.Check(block[index] == execution.Note(NextNote) + index + 1, $"Sample {execution.Note(NextNote) + index + 1} comes next, not {block[index]}.");
        execution.SetNote(NextNote, execution.Note(NextNote) + taken);
    }

    private void CheckCounts(ExploredState state)
    {
        var waiting = _explorer.ValueOf(ref Indices.Head, state) - _explorer.ValueOf(ref Indices.Tail, state);
        if (waiting < 0 || waiting > _capacity)
            _explorer.Fail($"Between 0 and {_capacity} samples wait, not {waiting}.", state, "");
    }

    private void CheckEnd(ExploredState state)
    {
        var waiting = _explorer.ValueOf(ref Indices.Head, state) - _explorer.ValueOf(ref Indices.Tail, state);
        if (state.Notes[Reader][NextNote] + waiting != state.Notes[Writer][NextNote])
            _explorer.Fail("What was accepted was read or waits.", state, "");
    }
}
