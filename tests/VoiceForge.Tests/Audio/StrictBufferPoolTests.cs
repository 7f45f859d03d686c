using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VoiceForge.Audio;

namespace VoiceForge.Tests.Audio;

public sealed class StrictBufferPoolTests
{
    [Fact]
    public void AcquiredSlot_IsFullOfSignallingNaNs()
    {
        using var pool = new BufferPool(slotSizeSamples: 8, numSlots: 1, channels: 1, strict: true);
        using (var first = pool.Acquire())
            first.Samples.Fill(1);

        using var second = pool.Acquire();

        foreach (var word in MemoryMarshal.Cast<float, uint>(second.Samples))
        {
            Assert.True(float.IsNaN(BitConverter.UInt32BitsToSingle(word)));
            Assert.Equal(0u, word & 0x0040_0000); // the quiet bit
        }
    }

    [Fact]
    public unsafe void F36_ReadAfterRelease_GivesNaNs()
    {
        using var pool = new BufferPool(slotSizeSamples: 8, numSlots: 1, channels: 1, strict: true);
        var lease = pool.Acquire();
        lease.Samples.Fill(1);
        var kept = (float*)Address(lease);
        lease.Dispose();

        Assert.True(float.IsNaN(kept[7]));
    }

    [Fact]
    public unsafe void F37_WriteAfterRelease_IsReportedByTheCheckAndTheSlotGoesOutOfService()
    {
        using var pool = new BufferPool(slotSizeSamples: 8, numSlots: 2, channels: 1, strict: true);
        var lease = pool.Acquire();
        var kept = (float*)Address(lease);
        lease.Dispose();
        kept[3] = 0.5f;

        Assert.Contains("Slot 0 was written to after its release", Assert.Single(pool.ValidateIntegrity().Problems));

        Assert.Equal(1, pool.GetUsageStats().Quarantined);
        Assert.True(pool.TryAcquire(out var other));
        Assert.NotEqual((nint)kept, Address(other));
        Assert.False(pool.TryAcquire(out _));
    }

    [Fact]
    public unsafe void F37_WriteAfterRelease_IsFoundBeforeTheSlotIsHandedOutAgain()
    {
        using var pool = new BufferPool(slotSizeSamples: 8, numSlots: 2, channels: 1, strict: true);
        var lease = pool.Acquire();
        var kept = (float*)Address(lease);
        lease.Dispose();
        kept[0] = 0;

        Assert.True(pool.TryAcquire(out var next));

        Assert.NotEqual((nint)kept, Address(next));
        Assert.Equal((1, 1), (pool.GetUsageStats().InUse, pool.GetUsageStats().Quarantined));
    }

    [Fact]
    public void OrdinaryUse_IsHealthyAndCounted()
    {
        using var pool = new BufferPool(slotSizeSamples: 8, numSlots: 3, channels: 2, strict: true);
        for (var round = 0; round < 10; round++)
        {
            using var first = pool.Acquire();
            using var second = pool.Acquire();
            first.Samples.Fill(round);
            second.Samples.Fill(-round);
        }

        Assert.Empty(pool.ValidateIntegrity().Problems);
        var stats = pool.GetUsageStats();
        Assert.Equal((20, 20, 0, 2), (stats.Acquires, stats.Releases, stats.InUse, stats.PeakInUse));
    }

    [Fact]
    public void SecondRelease_IsRefused()
    {
        using var pool = new BufferPool(slotSizeSamples: 8, numSlots: 1, channels: 1, strict: true);
        var lease = pool.Acquire();

        Assert.True(pool.Release(lease));
        Assert.False(pool.Release(lease));
        Assert.Equal(1, pool.GetUsageStats().DoubleReleases);
    }

    private static unsafe nint Address(BufferLease lease) => (nint)Unsafe.AsPointer(ref MemoryMarshal.GetReference(lease.Samples));
}
