using FsCheck;
using FsCheck.Fluent;
using VoiceForge.Monitoring;

namespace VoiceForge.Tests.Monitoring;

public sealed class AudioHistoryTests
{
    [Fact]
    public void AnyNumberOfBlocks_LeavesTheNewestInOrder() => Prop.ForAll(Gen.Choose(0, 60).ToArbitrary(), blocks =>
    {
        const int kept = 40;
        const int block = 4;
        var history = new AudioHistory(kept, block);
        for (var index = 0; index < blocks; index++)
            history.Record(Block(index), Block(-index));

        var (input, output) = history.Copy();

        Assert.Equal(Math.Min(blocks * block, kept), input.Length);
        Assert.Equal(input.Select(value => -value), output);
        Assert.Equal(Enumerable.Range(0, blocks).SelectMany(number => Block(number)).TakeLast(kept), input);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void BlockOfAnotherLength_IsNotRecorded()
    {
        var history = new AudioHistory(40, 4);

        history.Record(new float[3], new float[4]);
        history.Record([], []);

        Assert.Empty(history.Copy().Input);
    }

    [Fact]
    public void Recording_AllocatesNothing()
    {
        var history = new AudioHistory(48000, 256);
        var block = new float[256];
        history.Record(block, block);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var index = 0; index < 10_000; index++)
            history.Record(block, block);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public async Task CopyWhileTheAudioThreadRecords_IsNeverTorn()
    {
        const int block = 8;
        var history = new AudioHistory(256, block);
        using var stop = new CancellationTokenSource();
        var writer = Task.Factory.StartNew(() =>
        {
            for (var number = 0; !stop.IsCancellationRequested; number = (number + 1) & 0xFFFF)
                history.Record(Block(number, block), Block(number, block));
        }, TaskCreationOptions.LongRunning);

        for (var copy = 0; copy < 2000; copy++)
        {
            var (input, output) = history.Copy();
            Assert.Equal(input, output);
            for (var index = block; index < input.Length; index += block)
            {
                Assert.Equal(((int)input[index - block] + 1) & 0xFFFF, (int)input[index]);
                Assert.All(input[index..(index + block)], value => Assert.Equal(input[index], value));
            }
        }

        await stop.CancelAsync();
        await writer.WaitAsync(TimeSpan.FromSeconds(30));
    }

    private static float[] Block(int number) => Block(number, 4);

    private static float[] Block(int number, int length) => Enumerable.Repeat((float)number, length).ToArray();
}
