using System.Runtime.CompilerServices;
using VoiceForge.Audio;

namespace VoiceForge.Tests.Audio;

public sealed class PoolMemoryTests
{
    [Fact]
    public void NewMemory_IsAlignedZeroedAndCommitted()
    {
        const int bytes = 5 << 20;
        var memory = new PoolMemory(bytes);

        Assert.Equal(0, memory.Start % (2 << 20));
        Assert.False(Content(memory, bytes).ContainsAnyExcept((byte)0));
        if (memory.Measure() is { } measured)
            Assert.Equal(bytes, measured.Resident);
        GC.KeepAlive(memory);
    }

    [Fact]
    public void F43_HugePages_AreNeverMoreThanTheMemory()
    {
        var memory = new PoolMemory(8 << 20);

        if (memory.Measure() is { } measured)
            Assert.InRange(measured.Huge, 0, measured.Resident);
        GC.KeepAlive(memory);
    }

    [Fact]
    public void SmallMemory_StartsOnAPage()
    {
        var memory = new PoolMemory(1000);

        Assert.Equal(0, memory.Start % Environment.SystemPageSize);
        Assert.False(Content(memory, 1000).ContainsAnyExcept((byte)0));
    }

    [Fact]
    public void DiscardedMemory_IsGivenBackButStillReadable()
    {
        const int bytes = 4 << 20;
        var memory = new PoolMemory(bytes);
        Content(memory, bytes).Fill(1);

        memory.Discard();

        if (OperatingSystem.IsLinux())
        {
            Assert.Equal(0, memory.Measure()!.Value.Resident);
            Assert.False(Content(memory, bytes).ContainsAnyExcept((byte)0));
        }

        GC.KeepAlive(memory);
    }

    [Fact]
    public void PoolMemory_IsCommittedWhileTheLastLeaseIsOut()
    {
        var pool = new BufferPool(slotSizeSamples: 1 << 18, numSlots: 3);
        var size = pool.GetUsageStats().TotalBytes;
        if (pool.MeasureMemory() is not { } whole)
            return; // the system does not say

        Assert.InRange(whole.Resident, size, size + Environment.SystemPageSize);
        var lease = pool.Acquire();
        pool.Dispose();
        Assert.Equal(whole.Resident, pool.MeasureMemory()!.Value.Resident);
        lease.Samples.Fill(1);
        Assert.True(pool.Release(lease));

        Assert.Null(pool.MeasureMemory());
        Assert.False(pool.Release(lease)); // looks at no memory that is gone
    }

    private static unsafe Span<byte> Content(PoolMemory memory, int bytes) => new((void*)memory.Start, bytes);

    [Fact]
    public void MemoryDroppedWithItsUser_IsThereWhileTheUserIsFinalized()
    {
        var finalized = new StrongBox<int>();
        DropTogether(finalized, rounds: 50);

        GC.Collect();
        GC.WaitForPendingFinalizers();

        Assert.Equal(50, finalized.Value);
    }

    // The collector finalizes in no promised order: some users are older than their pool, some younger.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void DropTogether(StrongBox<int> finalized, int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            var older = round % 2 == 0 ? new LateUser(finalized) : null;
            var pool = new BufferPool(slotSizeSamples: 1024, numSlots: 1);
            (older ?? new LateUser(finalized)).Use(pool);
        }
    }

    /// <summary>Gives a lease back when nobody can reach it or the pool any more; the guard tells whether the memory is still the pool's.</summary>
    private sealed class LateUser(StrongBox<int> finalized)
    {
        private BufferPool? _pool;
        private BufferLease _lease;

        ~LateUser()
        {
            if (_pool!.Release(_lease) && _pool.GetUsageStats() is { Free: 1, Quarantined: 0 })
                finalized.Value++;
        }

        public void Use(BufferPool pool) => _lease = (_pool = pool).Acquire();
    }
}
