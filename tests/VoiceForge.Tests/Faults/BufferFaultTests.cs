using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VoiceForge.Audio;

namespace VoiceForge.Tests.Faults;

/// <summary>Faults of buffers as a stream or another thread meets them; those of the buffers alone stand beside their own tests. Numbers are those of docs/faults.md.</summary>
public sealed class BufferFaultTests
{
    [Fact]
    public unsafe void F36_ProcessingThatReadsAReturnedSlot_IsCaughtByTheStrictPool()
    {
        using var pool = new BufferPool(FaultRig.BufferSize, 1, 1, strict: true);
        var rig = new FaultRig().Start();
        var lease = pool.Acquire();
        lease.Samples.Fill(0.5f);
        var kept = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(lease.Samples));
        rig.Stream.SetProcessor((_, output) => new ReadOnlySpan<float>((float*)kept, output.Length).CopyTo(output));
        Assert.Equal(0.5f, rig.PlayMany(2)[^1]);

        lease.Dispose();
        rig.Play();

        Assert.Equal(1, rig.Stream.GetStats().RejectedBlocks);
        Assert.Contains("not finite", rig.Stream.LastError);
        rig.End();
    }

    [Fact]
    public void F40_LeaseThatIsNeverReturned_StaysVisibleAndIsNamedWhenSlotsRunOut()
    {
        using var pool = new BufferPool(slotSizeSamples: 8, numSlots: 3);
        for (var taken = 0; taken < 3; taken++)
            Assert.True(pool.TryAcquire(out _)); // forgotten
        GC.Collect();
        GC.WaitForPendingFinalizers();

        Assert.Contains("leases are not released", Assert.Throws<BufferPoolExhaustedException>(() => pool.Acquire()).Message);

        Assert.Equal((3, 3, 0), (pool.GetUsageStats().InUse, pool.GetUsageStats().PeakInUse, pool.GetUsageStats().Free));
        Assert.Empty(pool.ValidateIntegrity().Problems); // a leak is no damage
    }

    [Fact]
    public void F41_SlotReusedAMillionTimes_StillRefusesItsOldestLease()
    {
        using var pool = new BufferPool(slotSizeSamples: 8, numSlots: 1);
        var oldest = pool.Acquire();
        Assert.True(pool.Release(oldest));
        for (var use = 0; use < 1_000_000; use++)
            pool.Acquire().Dispose();
        var newest = pool.Acquire();

        Assert.False(pool.Release(oldest));

        Assert.Equal((1, 1), (pool.GetUsageStats().InUse, pool.GetUsageStats().StaleReleases));
        Assert.True(pool.Release(newest));
    }

    [Fact]
    public void F46_ReaderThatStalls_CostsTheWriterNothingAndFindsTheNewestBlock()
    {
        var buffer = new TripleBuffer(bufferSize: 64);
        var block = new float[64];
        Assert.True(buffer.Write(block));
        Assert.True(buffer.TryReadView(out _)); // held from here on
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var number = 1; number <= 100_000; number++)
        {
            block[0] = number;
            buffer.Write(block.AsSpan());
        }

        Assert.Equal(allocated, GC.GetAllocatedBytesForCurrentThread());
        Assert.True(buffer.TryReadView(out var newest));
        Assert.Equal(100_000, newest[0]);
        Assert.Equal((100_001, 2, 99_999), (buffer.GetStats().Published, buffer.GetStats().Read, buffer.GetStats().Dropped));
    }

    [Fact]
    public void F47_WriterThreadThatEndsBetweenBlocks_LeavesTheLastCompleteOne()
    {
        var buffer = new TripleBuffer(bufferSize: 4);
        var writer = new Thread(() => buffer.Write([1, 2, 3, 4]));
        writer.Start();
        writer.Join();

        Assert.Equal(new float[] { 1, 2, 3, 4 }, buffer.Read());
        Assert.Null(buffer.Read());
    }
}
