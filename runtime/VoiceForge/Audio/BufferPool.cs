using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace VoiceForge.Audio;

/// <summary>A fixed number of equal audio buffers in native memory, committed at construction, so that audio code never allocates.</summary>
/// <remarks>
/// Any thread may acquire and release; both are lock-free, allocate nothing and take constant time. Each slot lies between two guards of
/// 128 bytes; a slot whose guard was written over is taken out of service when it is released or when <see cref="ValidateIntegrity"/> finds it.
/// <para>
/// <see cref="Dispose"/> refuses further leases. The memory is freed with the last outstanding lease, so that a stream that still runs is
/// not cut off; a pool that is never disposed is freed by the garbage collector once neither it nor a lease is reachable.
/// </para>
/// Sources: R. K. Treiber, "Systems Programming: Coping with Parallelism", IBM RJ 5118, 1986 (free list; here with a tag against ABA).
/// </remarks>
public sealed unsafe class BufferPool : IDisposable
{
    private const int GuardBytes = 128;
    private const int Alignment = 128;

    private readonly Lock _integrityLock = new();
    private readonly BufferSlotTable _slots;
    private readonly long _stride;
    private readonly ulong _guardSeed;
    private nint _memory;
    private int _disposed;
    private int _holds = 1; // the owner and each lease; whoever takes it to zero frees the memory

    /// <param name="slotSizeSamples">Frames per slot; default 480000, ten seconds at 48 kHz.</param>
    /// <param name="numSlots">Slots; default 100. Configuration key <c>buffer_pool.num_slots</c>.</param>
    /// <param name="channels">Samples per frame; default 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is 0 or less, or a slot exceeds 2^31 samples.</exception>
    /// <exception cref="InsufficientMemoryException">The system does not grant the memory.</exception>
    public BufferPool(int slotSizeSamples = 480000, int numSlots = 100, int channels = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(slotSizeSamples);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(numSlots);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(channels);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(slotSizeSamples, int.MaxValue / channels);
        SlotSizeSamples = slotSizeSamples;
        NumSlots = numSlots;
        Channels = channels;
        _stride = SlotBytes(slotSizeSamples, channels);
        TotalBytes = _stride * Math.Min(numSlots, long.MaxValue / _stride);
        _guardSeed = (ulong)Random.Shared.NextInt64();
        _memory = Allocate();
        _slots = new BufferSlotTable(numSlots);
        GC.AddMemoryPressure(TotalBytes);

        // Writing every page now is what commits it: otherwise the first audio block that meets a page pays for a page fault.
        for (var index = 0; index < numSlots; index++)
        {
            new Span<float>(SlotStart(index), slotSizeSamples * channels).Clear();
            FillGuards(index);
        }

        GC.KeepAlive(this); // or the finalizer could free what is still being written
    }

    /// <summary>Frees the memory of a pool that was never disposed.</summary>
    ~BufferPool() => Free();

    /// <summary>Frames per slot.</summary>
    public int SlotSizeSamples { get; }

    /// <summary>Slots the pool was made with.</summary>
    public int NumSlots { get; }

    /// <summary>Samples per frame.</summary>
    public int Channels { get; }

    private long TotalBytes { get; }

    /// <summary>Takes a free slot. Its content is what its last user left.</summary>
    /// <param name="lease">The slot; a default lease when there is none.</param>
    /// <returns><see langword="false"/> when all slots are in use or the pool is disposed.</returns>
    public bool TryAcquire(out BufferLease lease)
    {
        lease = default;

        // The hold comes before the look at _disposed and Dispose sets that flag before it drops its own hold (both are full fences):
        // either we see the flag, or the memory outlives our hold.
        Interlocked.Increment(ref _holds);
        if (Volatile.Read(ref _disposed) != 0)
        {
            DropHold();
            return false;
        }

        if (!_slots.TryTake(out var index, out var generation))
        {
            DropHold();
            return false;
        }

        lease = new BufferLease(this, index, generation);
        return true;
    }

    /// <summary>Takes a free slot, as <see cref="TryAcquire"/>.</summary>
    /// <exception cref="BufferPoolExhaustedException">All slots are in use.</exception>
    /// <exception cref="ObjectDisposedException">The pool is disposed.</exception>
    public BufferLease Acquire()
    {
        if (TryAcquire(out var lease))
            return lease;

        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed) != 0, this);
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

        if (!_slots.TryBeginReturn(lease.Index, lease.Generation))
            return false;

        // No slot is reused before its guards were looked at; after the finalizer there is no memory left to look at.
        var memoryIsGone = Volatile.Read(ref _memory) == 0;
        _slots.EndReturn(lease.Index, intact: memoryIsGone || GuardsAreIntact(lease.Index));
        DropHold();
        return true;
    }

    /// <summary>The counters. Allocates nothing.</summary>
    public BufferPoolStatistics GetUsageStats() => _slots.GetStatistics(TotalBytes);

    /// <summary>Looks at all guards, slot states and the free list.</summary>
    /// <remarks>
    /// Safe while audio runs: it takes no slot and blocks nobody. What cannot be judged while slots come and go (whether free and used
    /// slots add up) is judged only if none did during the check. Free slots with a damaged guard are quarantined here. Any thread; one
    /// call at a time checks, others wait.
    /// </remarks>
    public IntegrityReport ValidateIntegrity()
    {
        using var oneAtATime = _integrityLock.EnterScope();
        var start = Stopwatch.GetTimestamp();
        var problems = new List<string>();
        Interlocked.Increment(ref _holds); // keeps the memory while we look at it
        try
        {
            if (Volatile.Read(ref _disposed) != 0)
                problems.Add("The pool is disposed; make a new one.");
            else
                CheckSlots(problems);
        }
        finally
        {
            DropHold();
        }

        return new IntegrityReport(problems.Count == 0, problems, Stopwatch.GetElapsedTime(start));
    }

    /// <summary>Refuses further leases; frees the memory now, or with the last outstanding lease. Does nothing the second time.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
            DropHold();
    }

    internal static long SlotBytes(int slotSizeSamples, int channels) =>
        (checked((long)slotSizeSamples * channels * sizeof(float)) + Alignment - 1) / Alignment * Alignment + 2 * GuardBytes;

    internal Span<float> SamplesOf(int index, uint generation)
    {
        if (!_slots.IsHeldBy(index, generation))
            throw new InvalidOperationException($"The lease of slot {index} has been released; acquire a new one.");

        return new Span<float>(SlotStart(index), SlotSizeSamples * Channels);
    }

    private nint Allocate()
    {
        // Systems that overcommit grant anything and end the process at the first page they do not have.
        var available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        try
        {
            if (TotalBytes < available)
                return (nint)NativeMemory.AlignedAlloc((nuint)TotalBytes, Alignment);
        }
        catch (OutOfMemoryException)
        {
            available = 0;
        }

        throw new InsufficientMemoryException(string.Create(CultureInfo.InvariantCulture,
            $"{NumSlots} buffers need {TotalBytes} bytes, which the system does not grant{(available > 0 ? $" (it has {available})" : "")}; " +
            $"lower 'buffer_pool.num_slots' or 'buffer_pool.slot_size_samples' in config.yaml, or 'numSlots' or 'slotSizeSamples' of the constructor."));
    }

    private void CheckSlots(List<string> problems)
    {
        var before = CountTraffic();
        for (var index = 0; index < NumSlots; index++)
        {
            if (GuardsAreIntact(index))
                continue;

            _slots.QuarantineIfFree(index);
            problems.Add($"The guard of slot {index} was written over: something wrote past the end or before the start of its span.");
        }

        _slots.CheckWords(problems);

        // An acquisition holds before it counts and a release counts before it lets go: while one is under way, the holds exceed the
        // leases. The two extra holds are the owner's and ours.
        var leases = before.Acquires - before.Releases;
        var conservation = new List<string>();
        if (before.Holds - 2 == leases)
            _slots.CheckConservation(leases, conservation);
        if (CountTraffic() == before)
            problems.AddRange(conservation);
    }

    private (long Acquires, long Releases, int Holds) CountTraffic() => (_slots.Acquires, _slots.Releases, Volatile.Read(ref _holds));

    private void DropHold()
    {
        if (Interlocked.Decrement(ref _holds) == 0)
            Free();
    }

    private void Free()
    {
        // Exchange: of all that get here, one frees.
        var memory = Interlocked.Exchange(ref _memory, 0);
        if (memory == 0)
            return;

        NativeMemory.AlignedFree((void*)memory);
        GC.RemoveMemoryPressure(TotalBytes);
        GC.SuppressFinalize(this);
    }

    private byte* SlotStart(int index) => (byte*)_memory + index * _stride + GuardBytes;

    private Span<ulong> Guard(int index, bool after) =>
        new(SlotStart(index) + (after ? _stride - 2 * GuardBytes : -GuardBytes), GuardBytes / sizeof(ulong));

    private void FillGuards(int index)
    {
        Guard(index, after: false).Fill(GuardPattern(index));
        Guard(index, after: true).Fill(GuardPattern(index));
    }

    private bool GuardsAreIntact(int index)
    {
        var pattern = GuardPattern(index);
        return !Guard(index, after: false).ContainsAnyExcept(pattern) && !Guard(index, after: true).ContainsAnyExcept(pattern);
    }

    // Differs from slot to slot, so that a guard copied from a neighbour is no guard.
    private ulong GuardPattern(int index) => (_guardSeed + (ulong)index) * 0x9E3779B97F4A7C15;
}
