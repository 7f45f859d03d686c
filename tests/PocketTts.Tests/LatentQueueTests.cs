using FsCheck;
using FsCheck.Fluent;

namespace PocketTts.Tests;

public sealed class LatentQueueTests
{
    private const int Size = 3;

    [Fact]
    public void BlocksOfAnyNumberAndSize_ArriveInOrder() => Prop.ForAll(
        Gen.Choose(1, 5).Zip(Gen.Choose(0, 200)).ToArbitrary(),
        sizes =>
        {
            var (capacity, count) = sizes;
            var queue = new LatentQueue(capacity, Size);
            var writer = Task.Run(() =>
            {
                for (var i = 0; i < count; i++)
                    Assert.True(queue.TryWrite(((float[])[i, -i, i * i])[..(1 + (i % Size))], isFirstOfChunk: i % 7 == 0));
                queue.Complete();
            });

            var block = new float[Size];
            for (var i = 0; i < count; i++)
            {
                Assert.Equal(1 + (i % Size), queue.Read(block, out var isFirst));
                Assert.Equal(((float[])[i, -i, i * i])[..(1 + (i % Size))], block[..(1 + (i % Size))]);
                Assert.Equal(i % 7 == 0, isFirst);
            }

            Assert.Equal(0, queue.Read(block, out _));
            writer.GetAwaiter().GetResult();
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Error_IsMetAfterTheBlocksBeforeIt()
    {
        var queue = new LatentQueue(4, Size);
        var latent = new float[Size];
        Assert.True(queue.TryWrite([1, 2, 3], isFirstOfChunk: true));
        queue.Complete(new InvalidDataException("damaged"));

        Assert.Equal(Size, queue.Read(latent, out _));
        Assert.Equal([1f, 2, 3], latent);
        Assert.Equal("damaged", Assert.Throws<InvalidDataException>(() => queue.Read(latent, out _)).Message);
    }

    [Fact]
    public async Task WriterThatWaits_GoesOnWhenTheReaderLeaves()
    {
        var queue = new LatentQueue(1, Size);
        Assert.True(queue.TryWrite([1, 2, 3], isFirstOfChunk: true));
        var waiting = Task.Run(() => queue.TryWrite([4, 5, 6], isFirstOfChunk: false)); // before or after the reader leaves: the answer is the same

        queue.Close();

        Assert.False(await waiting.WaitAsync(TimeSpan.FromSeconds(30)));
    }
}
