using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FsCheck;
using FsCheck.Fluent;
using VoiceForge.Audio;

namespace VoiceForge.Tests.Audio;

public sealed class BufferPoolTests
{
    [Fact]
    public void NewPool_IsFreeCommittedAndHealthy()
    {
        using var pool = new BufferPool(slotSizeSamples: 100, numSlots: 4, channels: 2);

        var stats = pool.GetUsageStats();

        // 800 bytes a slot, rounded up to 896, and two guards of 128.
        Assert.Equal(new BufferPoolStatistics(4, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, TotalBytes: 4 * (896 + 256)), stats);
        Assert.Empty(pool.ValidateIntegrity().Problems);
    }

    [Fact]
    public void Slots_AreDistinctAlignedAndOfTheAskedLength()
    {
        using var pool = new BufferPool(slotSizeSamples: 33, numSlots: 3, channels: 2);
        var leases = Enumerable.Range(0, 3).Select(_ => pool.Acquire()).ToList();

        for (var index = 0; index < leases.Count; index++)
            leases[index].Samples.Fill(index);

        for (var index = 0; index < leases.Count; index++)
        {
            Assert.Equal(66, leases[index].Samples.Length);
            Assert.False(leases[index].Samples.ContainsAnyExcept(index));
            Assert.Equal(0, Address(leases[index]) % 128);
        }

        Assert.Empty(pool.ValidateIntegrity().Problems);
    }

    [Fact]
    public void F34_ExhaustedPool_RefusesCountsAndSaysWhatToChange()
    {
        using var pool = new BufferPool(slotSizeSamples: 8, numSlots: 1);
        var only = pool.Acquire();

        Assert.False(pool.TryAcquire(out var none));
        Assert.True(none.Samples.IsEmpty);
        var message = Assert.Throws<BufferPoolExhaustedException>(() => pool.Acquire()).Message;

        Assert.StartsWith("Buffer pool exhausted", message);
        Assert.Contains("buffer_pool.num_slots", message);
        Assert.Equal(2, pool.GetUsageStats().Exhausted);
        Assert.True(pool.Release(only));
        Assert.True(pool.TryAcquire(out _));
    }

    [Fact]
    public void F35_SecondRelease_IsDoubleAndAfterReuseStale()
    {
        using var pool = new BufferPool(slotSizeSamples: 8, numSlots: 1);
        var lease = pool.Acquire();

        Assert.True(pool.Release(lease));
        Assert.False(pool.Release(lease));
        Assert.Equal((1, 0), (pool.GetUsageStats().DoubleReleases, pool.GetUsageStats().StaleReleases));

        var successor = pool.Acquire();
        Assert.False(pool.Release(lease));
        Assert.Equal((1, 1), (pool.GetUsageStats().DoubleReleases, pool.GetUsageStats().StaleReleases));
        Assert.Equal(8, successor.Samples.Length);
    }

    [Fact]
    public void F39_ForeignLease_IsRefusedByOneAndKeptByTheOther()
    {
        using var pool = new BufferPool(slotSizeSamples: 8, numSlots: 1);
        using var other = new BufferPool(slotSizeSamples: 8, numSlots: 1);
        var lease = other.Acquire();

        Assert.False(pool.Release(lease));
        Assert.False(pool.Release(default));

        Assert.Equal(2, pool.GetUsageStats().StaleReleases);
        Assert.True(other.Release(lease));
    }

    [Fact]
    public void F36_ReleasedLease_GivesNoSpan()
    {
        using var pool = new BufferPool(slotSizeSamples: 8, numSlots: 1);
        var lease = pool.Acquire();
        lease.Dispose();

        Assert.Throws<InvalidOperationException>(() => lease.Samples.Length);
    }

    [Theory]
    [InlineData(-1)] // the last byte of the guard before
    [InlineData(-128)]
    [InlineData(8 * sizeof(float) + 96)] // the slot is rounded up to 128 bytes
    [InlineData(8 * sizeof(float) + 96 + 127)]
    public unsafe void F38_WriteOutsideASlot_IsFoundAndTakesItOutOfService(int offset)
    {
        using var pool = new BufferPool(slotSizeSamples: 8, numSlots: 2);
        var lease = pool.Acquire();
        *(byte*)(Address(lease) + offset) ^= 1;

        Assert.Contains("guard of slot 0", Assert.Single(pool.ValidateIntegrity().Problems));
        Assert.True(pool.Release(lease));

        var stats = pool.GetUsageStats();
        Assert.Equal((1, 1, 1), (stats.GuardFailures, stats.Quarantined, stats.Free));
        Assert.True(pool.TryAcquire(out _));
        Assert.False(pool.TryAcquire(out _));
    }

    [Fact]
    public unsafe void F38_WriteOutsideAFreeSlot_IsFoundByTheCheckAndTheSlotIsNeverGivenOutAgain()
    {
        using var pool = new BufferPool(slotSizeSamples: 8, numSlots: 2);
        var lease = pool.Acquire();
        var address = Address(lease);
        lease.Dispose();
        *(byte*)(address - 5) ^= 0x80;

        Assert.False(pool.ValidateIntegrity().IsHealthy);

        Assert.True(pool.TryAcquire(out var other));
        Assert.NotEqual(address, Address(other));
        Assert.False(pool.TryAcquire(out _));
        Assert.Equal(1, pool.GetUsageStats().GuardFailures);
    }

    [Fact]
    public void DisposeWithOutstandingLease_KeepsItUsableAndRefusesFurtherOnes()
    {
        var pool = new BufferPool(slotSizeSamples: 8, numSlots: 2);
        var lease = pool.Acquire();

        pool.Dispose();
        pool.Dispose();

        lease.Samples.Fill(1);
        Assert.False(pool.TryAcquire(out _));
        Assert.Throws<ObjectDisposedException>(() => pool.Acquire());
        Assert.True(pool.Release(lease));
        Assert.False(pool.ValidateIntegrity().IsHealthy);
    }

    [Fact]
    public void ForgottenPool_IsFinalizedWithoutHarm()
    {
        var reference = MakeAndForget();
        for (var attempt = 0; attempt < 10 && reference.IsAlive; attempt++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(reference.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference MakeAndForget()
        {
            var pool = new BufferPool(slotSizeSamples: 8, numSlots: 1);
            pool.Acquire().Samples.Fill(1);
            return new WeakReference(pool);
        }
    }

    [Fact]
    public void F42_MoreThanTheMachineHas_IsRefusedWithTheKey()
    {
        var exception = Assert.Throws<InsufficientMemoryException>(() => new BufferPool(int.MaxValue, int.MaxValue));

        Assert.Contains("buffer_pool.num_slots", exception.Message);
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 1, 0)]
    [InlineData(int.MaxValue, 1, 2)]
    public void SizeOutOfRange_IsRefused(int slotSize, int slots, int channels) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new BufferPool(slotSize, slots, channels));

    [Fact]
    public void AcquireAndRelease_AllocateNothing()
    {
        using var pool = new BufferPool(slotSizeSamples: 8, numSlots: 2);
        var before = 0L;
        for (var round = 0; round < 2000; round++)
        {
            if (round == 1000)
                before = GC.GetAllocatedBytesForCurrentThread();
            using var first = pool.Acquire();
            using var second = pool.Acquire();
            pool.TryAcquire(out _);
            pool.Release(default);
            second.Samples[0] = 1;
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    /// <summary>Each step acquires (positive) or releases the lease of that number, whether or not it was released before.</summary>
    [Fact]
    public void AnySequenceOfAcquiresAndReleases_BehavesLikeTheModel()
    {
        Prop.ForAll(Gen.Choose(-10, 10).ListOf().ToArbitrary(), Gen.Choose(1, 4).ToArbitrary(), (steps, slots) =>
        {
            using var pool = new BufferPool(slotSizeSamples: 4, numSlots: slots);
            var leases = new List<(BufferLease Lease, nint Address)>();
            var held = new Dictionary<nint, int>(); // address of a slot in use: number of its lease
            var owner = new Dictionary<nint, int>(); // address: number of its last lease
            var expected = new BufferPoolStatistics() with { TotalSlots = slots, Free = slots, TotalBytes = pool.GetUsageStats().TotalBytes };
            foreach (var step in steps)
            {
                if (step >= 0)
                {
                    var granted = pool.TryAcquire(out var lease);
                    Assert.Equal(held.Count < slots, granted);
                    if (!granted)
                    {
                        expected = expected with { Exhausted = expected.Exhausted + 1 };
                        continue;
                    }

                    var address = Address(lease);
                    Assert.True(held.TryAdd(address, leases.Count));
                    owner[address] = leases.Count;
                    leases.Add((lease, address));
                    expected = expected with { Acquires = expected.Acquires + 1, PeakInUse = Math.Max(expected.PeakInUse, held.Count) };
                }
                else if (-step <= leases.Count)
                {
                    var number = -step - 1;
                    var (lease, address) = leases[number];
                    var isHeld = held.TryGetValue(address, out var holder) && holder == number;
                    Assert.Equal(isHeld, pool.Release(lease));
                    if (isHeld)
                        held.Remove(address);
                    expected = isHeld ? expected with { Releases = expected.Releases + 1 }
                        : owner[address] == number ? expected with { DoubleReleases = expected.DoubleReleases + 1 }
                        : expected with { StaleReleases = expected.StaleReleases + 1 };
                }

                expected = expected with { InUse = held.Count, Free = slots - held.Count };
                Assert.Equal(expected, pool.GetUsageStats());
                Assert.Empty(pool.ValidateIntegrity().Problems);
            }
        }).QuickCheckThrowOnFailure();
    }

    private static unsafe nint Address(BufferLease lease) => (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(lease.Samples));
}
