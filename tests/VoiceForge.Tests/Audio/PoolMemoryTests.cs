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
}
