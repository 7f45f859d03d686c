using FsCheck;
using FsCheck.Fluent;
using VoiceForge.Audio;

namespace VoiceForge.Tests.Audio;

public sealed class SampleQueueTests
{
    [Fact]
    public void Capacity_IsExactWhateverTheStorage()
    {
        var queue = new SampleQueue(capacitySamples: 5, channels: 2);

        Assert.Equal(5, queue.Write(new float[12].AsSpan()));
        Assert.Equal(5, queue.Available);
        Assert.Equal(1, queue.Overruns);
    }

    [Fact]
    public void FullQueue_RefusesTheNewestAndKeepsTheOldest()
    {
        var queue = new SampleQueue(capacitySamples: 3);

        queue.Write([1f, 2f, 3f, 4f, 5f]);

        Assert.Equal(2, queue.Overruns);
        Assert.Equal([1f, 2f, 3f], queue.Read(3));
    }

    [Fact]
    public void ReadOfMoreThanWaits_IsFilledWithZeros()
    {
        var queue = new SampleQueue(capacitySamples: 4, channels: 2);
        queue.Write([1f, 2f]);

        Assert.Equal([1f, 2f, 0f, 0f], queue.Read(2));
        Assert.Equal(0, queue.Read(new float[4].AsSpan()));
    }

    [Fact]
    public void BrokenFrame_IsRefused()
    {
        var queue = new SampleQueue(capacitySamples: 4, channels: 2);

        Assert.Throws<ArgumentException>(() => queue.Write(new float[3]));
        Assert.Throws<ArgumentException>(() => queue.Read(new float[3].AsSpan()));
        Assert.Throws<ArgumentOutOfRangeException>(() => queue.Read(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SampleQueue(0));
    }

    [Fact]
    public void Clear_ForgetsAllAndFreesTheRoom()
    {
        var queue = new SampleQueue(capacitySamples: 3);
        queue.Write([1f, 2f, 3f]);

        queue.Clear();

        Assert.Equal(0, queue.Available);
        Assert.Equal(3, queue.Write((ReadOnlySpan<float>)[4f, 5f, 6f]));
        Assert.Equal([4f, 5f, 6f], queue.Read(3));
    }

    [Fact]
    public void AnySequenceOfWritesAndReads_BehavesLikeABoundedQueue()
    {
        var steps = Gen.Choose(-12, 12).ListOf().ToArbitrary();
        Prop.ForAll(steps, Gen.Choose(1, 9).ToArbitrary(), (sequence, capacity) =>
        {
            var queue = new SampleQueue(capacity);
            var model = new Queue<float>();
            var next = 0f;
            var refused = 0L;
            foreach (var step in sequence)
            {
                if (step >= 0)
                {
                    var block = Enumerable.Range(0, step).Select(_ => next++).ToArray();
                    var accepted = Math.Min(step, capacity - model.Count);
                    Assert.Equal(accepted, queue.Write(block.AsSpan()));
                    foreach (var sample in block.Take(accepted))
                        model.Enqueue(sample);
                    refused += step - accepted;
                }
                else
                {
                    var destination = new float[-step];
                    var taken = queue.Read(destination.AsSpan());
                    Assert.Equal(Math.Min(-step, model.Count), taken);
                    foreach (var sample in destination.Take(taken))
                        Assert.Equal(model.Dequeue(), sample);
                }

                Assert.Equal(model.Count, queue.Available);
                Assert.Equal(refused, queue.Overruns);
            }
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void WritingAndReadingSpans_AllocatesNothing()
    {
        var queue = new SampleQueue(capacitySamples: 1000);
        var block = new float[256];
        var before = 0L;
        for (var round = 0; round < 2000; round++)
        {
            if (round == 1000)
                before = GC.GetAllocatedBytesForCurrentThread();
            queue.Write(block.AsSpan());
            queue.Read(block.AsSpan());
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
