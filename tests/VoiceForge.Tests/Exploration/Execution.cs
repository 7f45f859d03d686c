namespace VoiceForge.Tests.Exploration;

/// <summary>
/// One step of one thread: runs its current operation from the start, feeds it what its accesses returned before, performs the next
/// shared access for real, and lets the rest run dry.
/// </summary>
internal sealed class Execution(Explorer explorer, ExploredState state, int thread)
{
    private const int DryLimit = 1000;

    private readonly List<long> _log = [.. state.Log[thread]];
    private readonly List<(int Index, long Value)> _notes = [];
    private readonly List<(int Cell, long Value)> _postponed = [];
    private int _position;
    private int _dryAccesses;
    private bool _hasStepped;
    private string _step = "";

    [ThreadStatic]
    private static Execution? s_current;

    public static Execution Current => s_current ?? throw new InvalidOperationException("No exploration is under way on this thread.");

    public int Thread => thread;

    /// <summary>Whether the operation goes beyond the step: what it computes from here on means nothing.</summary>
    public bool IsDry { get; private set; }

    public Mutant? Mutant => explorer.Mutant;

    public ExploredState State => state;

    /// <summary>Whether nothing of the operation has been done yet.</summary>
    public bool IsFirstAccess => _position == 0;

    public string NameOf(int cell) => explorer.NameOf(cell);

    public int CellNamed(string name) => explorer.CellNamed(name, state);

    /// <summary>For mutants that store too late.</summary>
    public void Postpone(int cell, long value) => _postponed.Add((cell, value));

    /// <inheritdoc cref="Postpone"/>
    public void StorePostponed()
    {
        foreach (var (cell, value) in _postponed)
            Write(cell, value, isRelease: false);
        _postponed.Clear();
    }

    public void Run(Action<Execution> operation)
    {
        s_current = this;
        try
        {
            operation(this);
        }
        finally
        {
            s_current = null;
        }

        state.Step = $"thread {thread}, operation {state.Operation[thread]}: {_step}";
        explorer.RecordLength(_log.Count);
        if (IsDry)
        {
            state.Log[thread] = [.. _log];
            return;
        }

        state.Operation[thread]++;
        state.Log[thread] = [];
        var notes = state.Notes[thread].ToArray();
        foreach (var (index, value) in _notes)
            notes[index] = value;
        state.Notes[thread] = notes;
    }

    /// <summary>What an earlier operation of this thread has noted.</summary>
    public long Note(int index) => state.Notes[thread][index];

    /// <summary>Kept when the operation is finished.</summary>
    public void SetNote(int index, long value)
    {
        if (!IsDry)
            _notes.Add((index, value));
    }

    /// <summary>Knowledge of the proof, not of the program: seen by all threads at once, and no step.</summary>
    public long Ghost(int index)
    {
        if (TryReplay(out var value) || IsDry)
            return value;

        return Record(state.Cells[index]);
    }

    /// <inheritdoc cref="Ghost"/>
    public void SetGhost(int index, long value)
    {
        if (!TryReplay(out _) && !IsDry)
            state.Cells[index] = Record(value);
    }

    public void Check(bool holds, string claim)
    {
        if (!IsDry && !holds)
            explorer.Fail(claim, state, $"thread {thread}, operation {state.Operation[thread]}: {_step}");
    }

    public long Read(int cell)
    {
        if (TryReplay(out var value) || !TryStep())
            return value;

        value = Newest(cell);
        _step = $"read {explorer.NameOf(cell)} = {value}";
        return Record(value);
    }

    public void Write(int cell, long value, bool isRelease)
    {
        if (TryReplay(out _) || !TryStep())
            return;

        _step = $"{(isRelease ? "write" : "store")} {explorer.NameOf(cell)} = {value}";
        Record(0);
        if (explorer.Order == StoreOrder.Immediate)
            state.Cells[cell] = value;
        else
            state.Buffers[thread] = [.. state.Buffers[thread], new PendingStore(cell, value, isRelease)];
    }

    /// <param name="isFence">Whether earlier stores of the thread become visible first.</param>
    public long Exchange(int cell, long value, bool isFence = true)
    {
        if (TryReplay(out var previous) || !TryStep())
            return previous;

        previous = Fenced(cell, isFence);
        _step = $"exchange {explorer.NameOf(cell)}: {previous} -> {value}";
        state.Cells[cell] = value;
        return Record(previous);
    }

    public long CompareExchange(int cell, long value, long comparand)
    {
        // Dry, it succeeds: a loop around it ends.
        if (TryReplay(out var previous))
            return previous;

        if (!TryStep())
            return comparand;

        previous = Fenced(cell, isFence: true);
        _step = $"compare-exchange {explorer.NameOf(cell)}: {previous} -> {value} if {comparand}";
        if (previous == comparand)
            state.Cells[cell] = value;
        return Record(previous);
    }

    /// <summary>No step: nobody else touches it, which is checked.</summary>
    public long Own(int cell)
    {
        if (TryReplay(out var value) || IsDry)
            return value;

        explorer.Claim(cell, thread, state);
        return Record(Newest(cell));
    }

    /// <inheritdoc cref="Own"/>
    public void SetOwn(int cell, long value)
    {
        if (TryReplay(out _) || IsDry)
            return;

        explorer.Claim(cell, thread, state);
        state.Cells[cell] = Record(value);
    }

    private long Fenced(int cell, bool isFence)
    {
        if (!isFence)
            return Newest(cell);

        foreach (var store in state.Buffers[thread])
            state.Cells[store.Cell] = store.Value;
        state.Buffers[thread] = [];
        return state.Cells[cell];
    }

    private long Newest(int cell)
    {
        var pending = Array.FindLastIndex(state.Buffers[thread], store => store.Cell == cell);
        return pending < 0 ? state.Cells[cell] : state.Buffers[thread][pending].Value;
    }

    private bool TryReplay(out long value)
    {
        value = 0;
        if (_position >= _log.Count || IsDry)
            return false;

        value = _log[_position++];
        return true;
    }

    private bool TryStep()
    {
        if (!_hasStepped)
        {
            _hasStepped = true;
            return true;
        }

        IsDry = true;
        if (++_dryAccesses > DryLimit)
            throw new InvalidOperationException("An operation does not end when its accesses give 0 and its exchanges succeed.");
        return false;
    }

    private long Record(long value)
    {
        _log.Add(value);
        _position++;
        return value;
    }
}
