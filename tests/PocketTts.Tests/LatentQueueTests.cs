using FsCheck;
using FsCheck.Fluent;

namespace PocketTts.Tests;

public sealed class LatentQueueTests
{
    private const int Size = 3;

    [Fact]
    public void AnyNumberOfLatents_ArriveInOrder() => Prop.ForAll(
        Gen.Choose(1, 5).Zip(Gen.Choose(0, 200)).ToArbitrary(),
        sizes =>
        {
            var (capacity, count) = sizes;
            var queue = new LatentQueue(capacity, Size);
            var writer = Task.Run(() =>
            {
                for (var i = 0; i < count; i++)
                    Assert.True(queue.TryWrite([i, -i, i * i], isFirstOfChunk: i % 7 == 0));
                queue.Complete();
            });

            var latent = new float[Size];
            for (var i = 0; i < count; i++)
            {
                Assert.True(queue.TryRead(latent, out var isFirst));
                Assert.Equal([i, -i, i * i], latent);
                Assert.Equal(i % 7 == 0, isFirst);
            }

            Assert.False(queue.TryRead(latent, out _));
            writer.GetAwaiter().GetResult();
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Error_IsMetAfterTheLatentsBeforeIt()
    {
        var queue = new LatentQueue(4, Size);
        var latent = new float[Size];
        Assert.True(queue.TryWrite([1, 2, 3], isFirstOfChunk: true));
        queue.Complete(new InvalidDataException("damaged"));

        Assert.True(queue.TryRead(latent, out _));
        Assert.Equal([1f, 2, 3], latent);
        Assert.Equal("damaged", Assert.Throws<InvalidDataException>(() => queue.TryRead(latent, out _)).Message);
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
