using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace VoiceForge.Audio;

/// <summary>A fixed number of equal audio buffers in native memory, committed at construction, so that audio code never allocates.</summary>
/// <remarks>
/// Any thread may acquire and release; both are lock-free, allocate nothing and take constant time, on average over the calls where
/// threads return each other's slots. Each slot lies between two guards of 128 bytes; a slot whose guard was written over is taken out of
/// service when it is released or when <see cref="ValidateIntegrity"/> finds it. A refusal says that no slot was free, or that the last
/// one was being released at that moment.
/// <para>
/// A strict pool, for tests and for finding faults, also fills each released slot with signalling NaNs and looks at them before the slot is
/// handed out again and in <see cref="ValidateIntegrity"/>: who reads a slot after its release gets NaNs, who writes to one is reported and
/// the slot taken out of service. A release then takes as long as writing the slot. The three-parameter constructor makes strict pools if
/// the runtime switch <c>VoiceForge.StrictBufferPools</c> is on.
/// </para>
/// <para>
/// <see cref="Dispose"/> refuses further leases. The memory is given back with the last outstanding lease, so that a stream that still runs
/// is not cut off: at once on Linux, elsewhere at the next garbage collection. A pool that is never disposed is freed by the garbage
/// collector once neither it nor a lease is reachable.
/// </para>
/// </remarks>
public sealed unsafe class BufferPool : IDisposable
{
    private const int GuardBytes = 128;
    private const int Alignment = 128;
    private const uint Poison = 0x7FA5A5A5; // a signalling NaN: arithmetic keeps it recognisable as one

    private readonly Lock _integrityLock = new();
    private readonly BufferSlotTable<HardwareAtomics> _slots;
    private readonly BufferSlotAudit _audit;
    private readonly byte* _firstSlot;
    private readonly long _stride;
    private readonly ulong _guardSeed;
    private PoolMemory? _memory; // null once it was given back

    /// <param name="slotSizeSamples">Frames per slot; default 480000, ten seconds at 48 kHz.</param>
    /// <param name="numSlots">Slots; default 100. Configuration key <c>buffer_pool.num_slots</c>.</param>
    /// <param name="channels">Samples per frame; default 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is 0 or less, or a slot exceeds 2^31 samples.</exception>
    /// <exception cref="InsufficientMemoryException">The system does not grant the memory.</exception>
    public BufferPool(int slotSizeSamples = 480000, int numSlots = 100, int channels = 1)
        : this(slotSizeSamples, numSlots, channels, AppContext.TryGetSwitch("VoiceForge.StrictBufferPools", out var isOn) && isOn)
    {
    }

    /// <summary>Makes a pool that is strict or not, whatever the runtime switch says.</summary>
    /// <param name="slotSizeSamples">Frames per slot.</param>
    /// <param name="numSlots">Slots.</param>
    /// <param name="channels">Samples per frame.</param>
    /// <param name="strict">Whether released slots are filled with signalling NaNs and checked; see the remarks of the class.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is 0 or less, or a slot exceeds 2^31 samples.</exception>
    /// <exception cref="InsufficientMemoryException">The system does not grant the memory.</exception>
    public BufferPool(int slotSizeSamples, int numSlots, int channels, bool strict)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(slotSizeSamples);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(numSlots);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(channels);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(slotSizeSamples, int.MaxValue / channels);
        SlotSizeSamples = slotSizeSamples;
        NumSlots = numSlots;
        Channels = channels;
        IsStrict = strict;
        _stride = SlotBytes(slotSizeSamples, channels);
        TotalBytes = _stride * Math.Min(numSlots, long.MaxValue / _stride);
        _guardSeed = (ulong)Random.Shared.NextInt64();
        _memory = Allocate();
        _firstSlot = (byte*)_memory.Start + GuardBytes;
        _slots = new BufferSlotTable<HardwareAtomics>(numSlots);
        _audit = new BufferSlotAudit(_slots, numSlots);
        for (var index = 0; index < numSlots; index++)
        {
            Guard(index, after: false).Fill(GuardPattern(index));
            Guard(index, after: true).Fill(GuardPattern(index));
            if (strict)
                Content(index).Fill(Poison);
        }
    }

    /// <summary>Frames per slot.</summary>
    public int SlotSizeSamples { get; }

    /// <summary>Slots the pool was made with.</summary>
    public int NumSlots { get; }

    /// <summary>Samples per frame.</summary>
    public int Channels { get; }

    /// <summary>Whether released slots are filled with signalling NaNs and checked.</summary>
    public bool IsStrict { get; }

    private long TotalBytes { get; }

    /// <summary>Takes a free slot. Its content is what its last user left; of a strict pool, NaNs.</summary>
    /// <param name="lease">The slot; a default lease when there is none.</param>
    /// <returns><see langword="false"/> when all slots are in use or the pool is disposed.</returns>
    public bool TryAcquire(out BufferLease lease)
    {
        while (_slots.TryTake(out var index, out var generation))
        {
            if (!IsStrict || !Content(index).ContainsAnyExcept(Poison))
            {
                lease = new BufferLease(this, index, generation);
                return true;
            }

            // Written to after its release: whoever did it may do so again, so nobody gets this slot.
            _slots.TryReturn(index, generation, isIntact: false);
        }

        FreeIfLast();
        lease = default;
        return false;
    }

    /// <summary>Takes a free slot, as <see cref="TryAcquire"/>.</summary>
    /// <exception cref="BufferPoolExhaustedException">All slots are in use.</exception>
    /// <exception cref="ObjectDisposedException">The pool is disposed.</exception>
    public BufferLease Acquire()
    {
        if (TryAcquire(out var lease))
            return lease;

        ObjectDisposedException.ThrowIf(_slots.IsClosed, this);
        throw new BufferPoolExhaustedException(string.Create(CultureInfo.InvariantCulture,
            $"Buffer pool exhausted: all {NumSlots} slots are in use or quarantined. Either leases are not released (dispose each one), " +
            $"or more are needed at once: raise 'buffer_pool.num_slots' in config.yaml or 'numSlots' of the constructor."));
    }

    /// <summary>Gives a slot back. Spans of the lease must not be used afterwards.</summary>
    /// <returns>
    /// <see langword="false"/>, counted and without any effect, when the lease was released before, when its slot was handed out again
    /// since, or when it is not of this pool.
    /// </returns>
    public bool Release(BufferLease lease)
    {
        if (!lease.IsOf(this))
        {
            _slots.CountForeignRelease();
            return false;
        }

        // No slot is reused before its guards were looked at. A release too many may come when the memory is gone, and is refused below.
        var memory = Volatile.Read(ref _memory);
        var isIntact = memory is null || GuardsAreIntact(lease.Index);
        if (!(IsStrict ? ReturnPoisoned(lease, isIntact) : _slots.TryReturn(lease.Index, lease.Generation, isIntact)))
            return false;

        GC.KeepAlive(memory);
        FreeIfLast();
        return true;
    }

    /// <summary>The counters, from a look at each slot. Allocates nothing.</summary>
    public BufferPoolStatistics GetUsageStats() => _slots.GetStatistics(TotalBytes);

    /// <summary>Looks at all guards, at the free list and, in a strict pool, at the content of all free slots.</summary>
    /// <remarks>
    /// Safe while audio runs: it takes no slot and blocks nobody. What cannot be judged while slots come and go (whether the free list is
    /// whole) is judged only if none did during the check. Free slots with a damaged guard or content are quarantined here. Any thread; one
    /// call at a time checks, others wait.
    /// </remarks>
    public IntegrityReport ValidateIntegrity()
    {
        using var oneAtATime = _integrityLock.EnterScope();
        var start = Stopwatch.GetTimestamp();
        var problems = new List<string>();
        var memory = Volatile.Read(ref _memory);
        if (memory is null || _slots.IsClosed)
        {
            problems.Add("The pool is disposed; make a new one.");
        }
        else
        {
            for (var index = 0; index < NumSlots; index++)
                CheckSlot(index, problems);
            _audit.Check(problems, Stopwatch.GetElapsedTime(0, start));
            GC.KeepAlive(memory);
        }

        return new IntegrityReport(problems.Count == 0, problems, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>Refuses further leases; gives the memory back now, or with the last outstanding lease. Does nothing the second time.</summary>
    public void Dispose()
    {
        if (_slots.Close())
            FreeIfLast();
    }

    internal static long SlotBytes(int slotSizeSamples, int channels) =>
        (checked((long)slotSizeSamples * channels * sizeof(float)) + Alignment - 1) / Alignment * Alignment + 2 * GuardBytes;

    /// <summary>What the system says of the memory, see <see cref="PoolMemory.Measure"/>; <see langword="null"/> too once it was given back.</summary>
    internal (long Resident, long Huge)? MeasureMemory() => Volatile.Read(ref _memory)?.Measure();

    internal Span<float> SamplesOf(int index, long generation)
    {
        if (!_slots.IsHeldBy(index, generation))
            throw new InvalidOperationException($"The lease of slot {index} has been released; acquire a new one.");

        return MemoryMarshal.Cast<uint, float>(Content(index));
    }

    private PoolMemory Allocate()
    {
        // Systems that overcommit grant anything and end the process at the first page they do not have.
        var available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        try
        {
            if (TotalBytes < available)
                return new PoolMemory(TotalBytes);
        }
        catch (OutOfMemoryException)
        {
            available = 0;
        }

        throw new InsufficientMemoryException(string.Create(CultureInfo.InvariantCulture,
            $"{NumSlots} buffers need {TotalBytes} bytes, which the system does not grant{(available > 0 ? $" (it has {available})" : "")}; " +
            $"lower 'buffer_pool.num_slots' or 'buffer_pool.slot_size_samples' in config.yaml, or 'numSlots' or 'slotSizeSamples' of the constructor."));
    }

    // Between the two steps the slot is nobody's: its former holder must not be able to give it to another one while we write to it.
    private bool ReturnPoisoned(BufferLease lease, bool isIntact)
    {
        if (!_slots.TryBeginReturn(lease.Index, lease.Generation))
            return false;

        Content(lease.Index).Fill(Poison);
        _slots.EndReturn(lease.Index, lease.Generation, isIntact);
        return true;
    }

    private void FreeIfLast()
    {
        if (_slots.IsClosed && _slots.TryRetire())
            Interlocked.Exchange(ref _memory, null)?.Discard();
    }

    private void CheckSlot(int index, List<string> problems)
    {
        var wasFree = _slots.IsFree(index, out var word);
        if (!GuardsAreIntact(index))
        {
            problems.Add($"The guard of slot {index} was written over: something wrote past the end or before the start of its span.");
            if (wasFree)
                _slots.QuarantineIfUnchanged(index, word);
        }
        else if (IsStrict && wasFree && Content(index).ContainsAnyExcept(Poison) && _slots.QuarantineIfUnchanged(index, word))
        {
            problems.Add($"Slot {index} was written to after its release: something kept its span.");
        }
    }

    private byte* SlotStart(int index) => _firstSlot + index * _stride;

    private Span<uint> Content(int index) => new(SlotStart(index), SlotSizeSamples * Channels);

    private Span<ulong> Guard(int index, bool after) =>
        new(SlotStart(index) + (after ? _stride - 2 * GuardBytes : -GuardBytes), GuardBytes / sizeof(ulong));

    private bool GuardsAreIntact(int index)
    {
        var pattern = Vector512.Create(GuardPattern(index));
        var before = (ulong*)(SlotStart(index) - GuardBytes);
        var after = (ulong*)(SlotStart(index) + _stride - 2 * GuardBytes);
        var difference = (Vector512.Load(before) ^ pattern) | (Vector512.Load(before + 8) ^ pattern)
            | (Vector512.Load(after) ^ pattern) | (Vector512.Load(after + 8) ^ pattern);
        return difference == Vector512<ulong>.Zero;
    }

    // Differs from slot to slot, so that a guard copied from a neighbour is no guard.
    private ulong GuardPattern(int index) => (_guardSeed + (ulong)index) * 0x9E3779B97F4A7C15;
}
