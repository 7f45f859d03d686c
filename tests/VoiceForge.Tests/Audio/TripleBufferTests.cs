using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using VoiceForge.Audio;

namespace VoiceForge.Tests.Audio;

public sealed class TripleBufferTests
{
    [Fact]
    public void NothingWritten_ReadsNothing()
    {
        var buffer = new TripleBuffer(bufferSize: 4);

        Assert.Null(buffer.Read());
        Assert.False(buffer.TryRead(new float[4], out var written));
        Assert.Equal(0, written);
        Assert.False(buffer.TryReadView(out var view));
        Assert.True(view.IsEmpty);
        Assert.Equal(new TripleBufferStatistics(0, 0, 0, EmptyReads: 3), buffer.GetStats());
    }

    [Fact]
    public void WrittenBlock_IsReadOnceInItsLength()
    {
        var buffer = new TripleBuffer(bufferSize: 4);

        Assert.True(buffer.Write([1f, 2f, 3f]));

        Assert.Equal([1f, 2f, 3f], buffer.Read()!);
        Assert.Null(buffer.Read());
    }

    [Fact]
    public void SeveralBlocks_NewestWinsAndOthersCountAsDropped()
    {
        var buffer = new TripleBuffer(bufferSize: 2);
        for (var value = 1; value <= 5; value++)
            Assert.True(buffer.Write([value, value]));

        Assert.Equal([5f, 5f], buffer.Read()!);
        Assert.Equal(new TripleBufferStatistics(Published: 5, Read: 1, Dropped: 4, EmptyReads: 0), buffer.GetStats());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)] // ends within a frame
    [InlineData(10)] // longer than four frames of two
    public void UnusableLength_IsRefusedAndPublishesNothing(int length)
    {
        var buffer = new TripleBuffer(bufferSize: 4, channels: 2);

        Assert.False(buffer.Write(new float[length]));
        Assert.False(buffer.Write(new float[length].AsSpan()));
        Assert.Equal(0, buffer.GetStats().Published);
    }

    [Fact]
    public void ReadArray_IsTheCallersOwn()
    {
        var buffer = new TripleBuffer(bufferSize: 1);
        buffer.Write([1f]);
        var first = buffer.Read()!;
        for (var value = 2; value < 6; value++)
        {
            buffer.Write([value]);
            buffer.Read();
        }

        Assert.Equal([1f], first);
    }

    [Fact]
    public void DestinationTooShort_ThrowsAndKeepsTheBlockForTheNextRead()
    {
        var buffer = new TripleBuffer(bufferSize: 4);
        buffer.Write([1f, 2f, 3f]);

        Assert.Contains("3 samples", Assert.Throws<ArgumentException>(() => buffer.TryRead(new float[2], out _)).Message);
        Assert.Equal([1f, 2f, 3f], buffer.Read()!);
        Assert.Equal(new TripleBufferStatistics(1, 1, 0, 0), buffer.GetStats());
    }

    [Fact]
    public void KeptBlock_IsReplacedByANewerOneAndCountsAsDropped()
    {
        var buffer = new TripleBuffer(bufferSize: 4);
        buffer.Write([1f, 2f, 3f]);
        Assert.Throws<ArgumentException>(() => buffer.TryRead(new float[2], out _));
        buffer.Write([4f]);

        Assert.Equal([4f], buffer.Read()!);
        Assert.Equal(new TripleBufferStatistics(Published: 2, Read: 1, Dropped: 1, EmptyReads: 0), buffer.GetStats());
    }

    [Fact]
    public void Clear_ForgetsTheUnreadBlock()
    {
        var buffer = new TripleBuffer(bufferSize: 1);
        buffer.Write([1f]);

        buffer.Clear();

        Assert.Null(buffer.Read());
    }

    [Fact]
    public void PoolOfThreeSlots_ServesOneBufferUntilItIsCollected()
    {
        using var pool = new BufferPool(slotSizeSamples: 8, numSlots: 3);
        UseAndForget(pool);

        GC.Collect();
        GC.WaitForPendingFinalizers();

        Assert.Equal(0, pool.GetUsageStats().InUse);
        Assert.True(pool.ValidateIntegrity().IsHealthy);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static void UseAndForget(BufferPool pool)
        {
            var buffer = new TripleBuffer(pool, bufferSize: 8);
            Assert.Equal(3, pool.GetUsageStats().InUse);
            Assert.True(buffer.Write([1f, 2f]));
            Assert.Equal([1f, 2f], buffer.Read()!);
            Assert.Throws<BufferPoolExhaustedException>(() => new TripleBuffer(pool, bufferSize: 8));
        }
    }

    [Fact]
    public void SlotTooSmall_IsRefusedWithBothSizes()
    {
        using var pool = new BufferPool(slotSizeSamples: 8, numSlots: 3);

        var exception = Assert.Throws<ArgumentException>(() => new TripleBuffer(pool, bufferSize: 8, channels: 2));

        Assert.Contains("8 frames of 2", exception.Message);
        Assert.Equal(0, pool.GetUsageStats().InUse);
    }

    [Fact]
    public void WritingAndReading_AllocatesNothing()
    {
        var buffer = new TripleBuffer(bufferSize: 256);
        var block = new float[256];
        var destination = new float[256];
        var before = 0L;
        for (var round = 0; round < 2000; round++)
        {
            if (round == 1000)
                before = GC.GetAllocatedBytesForCurrentThread();
            buffer.Write(block.AsSpan());
            buffer.TryRead(destination, out _);
            buffer.Write(block);
            buffer.TryReadView(out _);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Indices_KeepSharedWriterAndReaderWordsOnLinePairsOfTheirOwn()
    {
        AssertLinesApart<TripleBufferIndices>(
            [nameof(TripleBufferIndices.Shared)],
            [nameof(TripleBufferIndices.Write), nameof(TripleBufferIndices.Published), nameof(TripleBufferIndices.DroppedByWriter)],
            [nameof(TripleBufferIndices.Read), nameof(TripleBufferIndices.Kept), nameof(TripleBufferIndices.Delivered), nameof(TripleBufferIndices.DroppedByReader), nameof(TripleBufferIndices.EmptyReads)]);
        AssertLinesApart<SampleQueueIndices>(
            [nameof(SampleQueueIndices.Head), nameof(SampleQueueIndices.TailSeenByWriter), nameof(SampleQueueIndices.Overruns)],
            [nameof(SampleQueueIndices.Tail), nameof(SampleQueueIndices.HeadSeenByReader)]);
    }

    private static void AssertLinesApart<T>(params string[][] sides)
        where T : struct
    {
        const int linePair = 128;
        var lines = sides.Select(side => side.Select(field => (int)Marshal.OffsetOf<T>(field) / linePair).Distinct().Single()).ToArray();
        Assert.Equal(lines.Distinct(), lines);
        Assert.DoesNotContain(0, lines); // the first pair may hold what lies before the struct
        Assert.True(Unsafe.SizeOf<T>() >= (lines.Max() + 1) * linePair); // and the last what follows
    }
}
