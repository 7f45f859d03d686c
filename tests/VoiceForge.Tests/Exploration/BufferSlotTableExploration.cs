using VoiceForge.Audio;

namespace VoiceForge.Tests.Exploration;

/// <summary>Several threads take and return slots of one table.</summary>
internal sealed class BufferSlotTableExploration
{
    private const int FreedGhost = 0;
    private const int FirstHolderGhost = 1; // for each slot the thread that holds it, plus 1
    private const int LeaseNotes = 6;       // three leases: index + 1 and generation
    private const int LastNote = 6;         // the lease returned last

    private readonly int _slots;
    private readonly BufferSlotTable<ExploredAtomics> _table;
    private readonly Explorer _explorer;

    public BufferSlotTableExploration(StoreOrder order, int slots, Mutant? mutant = null)
    {
        _slots = slots;
        _table = new BufferSlotTable<ExploredAtomics>(slots);
        _explorer = new Explorer(order, ghosts: 1 + slots, mutant) { AtEnd = CheckEnd, OperationLimit = 80 };
        _explorer.Name(ref _table.Head, "Head");
        _explorer.Name(ref _table.Closed, "Closed");
        for (var index = 0; index < slots; index++)
        {
            _explorer.Name(ref _table.WordOf(index), $"Word {index}");
            _explorer.Name(ref _table.BelowOf(index), $"Below {index}");
        }
    }

    public Explorer Run(params SlotStep[][] programs)
    {
        _explorer.Explore(LastNote + 2, [.. programs.Select(program => program.Select(step => (Action<Execution>)(execution => Do(execution, step))).ToArray())]);
        return _explorer;
    }

    private void Do(Execution execution, SlotStep step)
    {
        switch (step)
        {
            case SlotStep.Take:
                Take(execution);
                break;
            case SlotStep.ReturnAgain:
                if (execution.Note(LastNote) != 0)
                    execution.Check(!_table.TryReturn((int)execution.Note(LastNote) - 1, execution.Note(LastNote + 1), isIntact: true), "A second return is refused.");
                break;
            case SlotStep.Close:
                execution.Check(_table.Close(), "The first close is one.");
                Retire(execution);
                break;
            default:
                Return(execution, step);
                break;
        }
    }

    private void Take(Execution execution)
    {
        if (!_table.TryTake(out var index, out var generation))
        {
            Retire(execution);
            return;
        }

        var holder = execution.Ghost(FirstHolderGhost + index);
        execution.Check(holder == 0, $"Slot {index} is in one hand only; thread {holder - 1} has it.");
        execution.Check(execution.Ghost(FreedGhost) == 0, "The memory is there as long as slots are handed out.");
        execution.SetGhost(FirstHolderGhost + index, execution.Thread + 1);
        var free = 0;
        while (execution.Note(free) != 0)
            free += 2;
        execution.SetNote(free, index + 1);
        execution.SetNote(free + 1, generation);
    }

    private void Return(Execution execution, SlotStep step)
    {
        var lease = 0;
        while (lease < LeaseNotes && execution.Note(lease) == 0)
            lease += 2;
        if (lease == LeaseNotes)
            return;

        var (index, generation) = ((int)execution.Note(lease) - 1, execution.Note(lease + 1));
        execution.Check(execution.Ghost(FreedGhost) == 0, "The memory is there as long as a slot is in use.");
        execution.SetGhost(FirstHolderGhost + index, 0);
        bool isDone;
        if (step == SlotStep.ReturnPoisoned)
        {
            isDone = _table.TryBeginReturn(index, generation);
            execution.Check(execution.Ghost(FirstHolderGhost + index) == 0, "Nobody gets a slot that is being returned.");
            _table.EndReturn(index, generation, isIntact: true);
        }
        else
        {
            isDone = _table.TryReturn(index, generation, isIntact: step == SlotStep.Return);
        }

        execution.Check(isDone, "A lease can be returned.");
        Retire(execution);
        execution.SetNote(lease, 0);
        execution.SetNote(lease + 1, 0);
        execution.SetNote(LastNote, index + 1);
        execution.SetNote(LastNote + 1, generation);
    }

    private void Retire(Execution execution)
    {
        if (!_table.TryRetire())
            return;

        execution.Check(execution.Ghost(FreedGhost) == 0, "The memory is freed once.");
        for (var index = 0; index < _slots; index++)
            execution.Check(execution.Ghost(FirstHolderGhost + index) == 0, $"The memory is freed after slot {index} was returned.");
        execution.SetGhost(FreedGhost, 1);
    }

    private void CheckEnd(ExploredState state)
    {
        var listed = new HashSet<int>();
        for (var index = (int)_explorer.ValueOf(ref _table.Head, state) - 1; index >= 0; index = (int)_explorer.ValueOf(ref _table.BelowOf(index), state) - 1)
        {
            if (!listed.Add(index))
                _explorer.Fail($"Slot {index} is in the free list once.", state, "");
        }

        var inUse = 0;
        for (var index = 0; index < _slots; index++)
        {
            var word = _explorer.ValueOf(ref _table.WordOf(index), state);
            var slot = BufferSlotTable<ExploredAtomics>.StateOf(word);
            if (slot == BufferSlotTable<ExploredAtomics>.SlotState.Free && !listed.Contains(index))
                _explorer.Fail($"Slot {index} is free, so it is in the free list.", state, "");
            if ((slot == BufferSlotTable<ExploredAtomics>.SlotState.Used) != (state.Cells[FirstHolderGhost + index] != 0))
                _explorer.Fail($"Slot {index} is in use exactly while somebody has it.", state, "");
            inUse += slot == BufferSlotTable<ExploredAtomics>.SlotState.Used ? 1 : 0;
        }

        var isClosed = _explorer.ValueOf(ref _table.Closed, state) != 0;
        if (isClosed && inUse == 0 && state.Cells[FreedGhost] == 0)
            _explorer.Fail("A closed pool without leases has freed its memory.", state, "");
    }
}
