using System.Runtime.CompilerServices;

namespace VoiceForge.Tests.Exploration;

/// <summary>Runs a few operations of a few threads in every order that the memory model allows, and checks claims in every state.</summary>
/// <remarks>
/// Stateful search: two orders that lead to the same state are continued once. What is modelled: every interleaving of shared accesses,
/// and stores that become visible late (<see cref="StoreOrder"/>). What is not: loads that are executed early, which acquire loads forbid.
/// </remarks>
internal sealed unsafe class Explorer(StoreOrder order, int ghosts = 0, Mutant? mutant = null)
{
    private const int MaximumStates = 4_000_000;

    private readonly Dictionary<nint, int> _cells = [];
    private readonly List<(nint Address, bool IsSample)> _addresses = [];
    private readonly List<long> _initial = [.. new long[ghosts]];
    private readonly Dictionary<nint, string> _names = [];
    private readonly Dictionary<int, int> _owners = [];

    [ThreadStatic]
    private static Explorer? s_current;

    public static Explorer Current => s_current ?? throw new InvalidOperationException("No exploration is under way on this thread.");

    public StoreOrder Order => order;

    public Mutant? Mutant => mutant;

    /// <summary>Different states visited.</summary>
    public int States { get; private set; }

    /// <summary>The most accesses that one operation needed.</summary>
    public int LongestOperation { get; private set; }

    /// <summary>No operation may need more accesses: it would not be wait-free, or go round in circles.</summary>
    public int OperationLimit { get; init; } = 200;

    /// <summary>Called for every state; sees what is visible to all.</summary>
    public Action<ExploredState>? Invariant { get; init; }

    /// <summary>Called when all threads are through and all stores are visible.</summary>
    public Action<ExploredState>? AtEnd { get; init; }

    /// <summary>Gives a word its name in traces and for mutants. Its address must not change: pinned or native memory.</summary>
    public void Name(ref long location, string name) => _names.Add((nint)Unsafe.AsPointer(ref location), name);

    public string NameOf(int cell) => cell < ghosts ? $"ghost {cell}"
        : _names.TryGetValue(_addresses[cell - ghosts].Address, out var name) ? name
        : _addresses[cell - ghosts].IsSample ? $"sample {cell}" : $"word {cell}";

    public int CellNamed(string name, ExploredState state) => CellOf(_names.Single(entry => entry.Value == name).Key, isSample: false, state);

    public int CellOf(nint address, bool isSample, ExploredState state)
    {
        if (!_cells.TryGetValue(address, out var cell))
        {
            cell = _initial.Count;
            _cells.Add(address, cell);
            _addresses.Add((address, isSample));
            _initial.Add(isSample ? (long)*(float*)address : *(long*)address);
        }

        while (state.Cells.Length <= cell)
            state.AddCell(_initial[state.Cells.Length]);
        return cell;
    }

    /// <summary>The visible value of a word.</summary>
    public long ValueOf(ref long location, ExploredState state)
    {
        var cell = CellOf((nint)Unsafe.AsPointer(ref location), isSample: false, state); // may add the cell
        return state.Cells[cell];
    }

    /// <param name="notes">Values that a thread can keep between its operations.</param>
    /// <param name="programs">The operations of each thread.</param>
    /// <exception cref="ExplorationFailedException">A claim does not hold.</exception>
    public void Explore(int notes, params Action<Execution>[][] programs)
    {
        s_current = this;
        var visited = new HashSet<UInt128>();
        var open = new Stack<ExploredState>();
        open.Push(ExploredState.Initial(programs.Length, notes).Next(_initial));
        while (open.TryPop(out var state))
        {
            if (!visited.Add(state.Fingerprint()))
                continue;

            if (visited.Count > MaximumStates)
                throw new InvalidOperationException($"More than {MaximumStates} states; make the programs smaller.");

            Invariant?.Invoke(state);
            var isEnd = true;
            for (var thread = 0; thread < programs.Length; thread++)
            {
                for (var index = 0; index < state.Buffers[thread].Length; index++)
                {
                    isEnd = false;
                    if (MayBecomeVisible(state.Buffers[thread], index))
                        open.Push(MakeVisible(state, thread, index));
                }

                if (state.Operation[thread] == programs[thread].Length)
                    continue;

                isEnd = false;
                var next = state.Next(_initial);
                new Execution(this, next, thread).Run(programs[thread][state.Operation[thread]]);
                if (next.Log[thread].Length > OperationLimit)
                    Fail($"An operation ends within {OperationLimit} accesses.", next, next.Step);
                open.Push(next);
            }

            if (isEnd)
                AtEnd?.Invoke(state);
        }

        s_current = null;
        States = visited.Count;
        for (var cell = ghosts; cell < _initial.Count; cell++)
        {
            var (address, isSample) = _addresses[cell - ghosts];
            if ((isSample ? (long)*(float*)address : *(long*)address) != _initial[cell])
                throw new InvalidOperationException($"The structure wrote {NameOf(cell)} other than through its atomics; nothing is proven.");
        }
    }

    public void Fail(string claim, ExploredState state, string step) =>
        throw new ExplorationFailedException($"Does not hold: {claim}{Environment.NewLine}{state.Previous?.Trace()}{Environment.NewLine}{step}");

    public void RecordLength(int accesses) => LongestOperation = Math.Max(LongestOperation, accesses);

    public void Claim(int cell, int thread, ExploredState state)
    {
        if (_owners.TryAdd(cell, thread) || _owners[cell] == thread)
            return;

        Fail($"{NameOf(cell)} belongs to thread {_owners[cell]} alone.", state, $"thread {thread} uses it");
    }

    private bool MayBecomeVisible(PendingStore[] buffer, int index)
    {
        if (order != StoreOrder.Reordered || buffer[index].IsRelease)
            return index == 0;

        // A plain store overtakes all but an earlier one to the same place.
        return !buffer.AsSpan(0, index).ToArray().Any(earlier => earlier.Cell == buffer[index].Cell);
    }

    private ExploredState MakeVisible(ExploredState state, int thread, int index)
    {
        var next = state.Next(_initial);
        var store = state.Buffers[thread][index];
        next.Cells[store.Cell] = store.Value;
        next.Buffers[thread] = [.. state.Buffers[thread].Where((_, position) => position != index)];
        next.Step = $"thread {thread}'s store becomes visible: {NameOf(store.Cell)} = {store.Value}";
        return next;
    }
}
