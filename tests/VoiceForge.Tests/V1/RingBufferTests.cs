using FsCheck;
using FsCheck.Fluent;
using VoiceForge.Audio;

namespace VoiceForge.Tests.V1;

public sealed class RingBufferTests
{
    [Fact]
    public void FullBuffer_OverwritesTheOldest()
    {
        var ring = new RingBuffer(capacitySamples: 4);

        ring.Write([1, 2, 3]);
        ring.Write([4, 5, 6]);

        Assert.Equal(4, ring.Available);
        Assert.Equal([3f, 4f, 5f, 6f], ring.Read(4));
    }

    [Fact]
    public void MoreThanTheCapacityAtOnce_KeepsTheLastFrames()
    {
        var ring = new RingBuffer(capacitySamples: 2, channels: 2);

        ring.Write([1, 2, 3, 4, 5, 6]);

        Assert.Equal([3f, 4f, 5f, 6f], ring.Read(2));
    }

    [Fact]
    public void ShortRead_IsFilledWithZeros()
    {
        var ring = new RingBuffer(capacitySamples: 8);
        ring.Write([1, 2]);

        Assert.Equal([1f, 2f, 0f, 0f, 0f], ring.Read(5));
        Assert.Equal(new float[3], ring.Read(3));
        Assert.Empty(ring.Read(0));
    }

    [Fact]
    public void UnusableArgument_IsRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RingBuffer(0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RingBuffer(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RingBuffer(int.MaxValue, 2));
        var ring = new RingBuffer(4, 2);
        Assert.Throws<ArgumentException>(() => ring.Write(new float[3]));
        Assert.Throws<ArgumentNullException>(() => ring.Write(null!));
        Assert.Throws<ArgumentOutOfRangeException>(() => ring.Read(-1));
    }

    [Fact]
    public void AnySequence_BehavesLikeTheLastFramesOfAList()
    {
        Prop.ForAll(Gen.Choose(-9, 9).ListOf().ToArbitrary(), Gen.Choose(1, 7).ToArbitrary(), (steps, capacity) =>
        {
            var ring = new RingBuffer(capacity);
            var model = new List<float>();
            var next = 1f;
            foreach (var step in steps)
            {
                if (step == 0)
                {
                    ring.Clear();
                    model.Clear();
                }
                else if (step > 0)
                {
                    var block = Enumerable.Range(0, step).Select(_ => next++).ToArray();
                    ring.Write(block);
                    model.AddRange(block);
                    model.RemoveRange(0, Math.Max(0, model.Count - capacity));
                }
                else
                {
                    var taken = Math.Min(-step, model.Count);
                    Assert.Equal([.. model.Take(taken), .. new float[-step - taken]], ring.Read(-step));
                    model.RemoveRange(0, taken);
                }

                Assert.Equal(model.Count, ring.Available);
            }
        }).QuickCheckThrowOnFailure();
    }
}
