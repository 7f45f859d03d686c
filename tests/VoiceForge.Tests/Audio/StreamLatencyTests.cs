using VoiceForge.Audio;

namespace VoiceForge.Tests.Audio;

public sealed class StreamLatencyTests : IDisposable
{
    private const int BufferSize = 256;
    private const int PullFrames = 4096;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly VirtualBackend _backend = new();
    private readonly BufferPool _pool = new(slotSizeSamples: BufferSize, numSlots: 2);

    public void Dispose() => _pool.Dispose();

    [Theory]
    [InlineData(ProcessingMode.Inline, false, 512)]
    [InlineData(ProcessingMode.Inline, true, 512)]
    [InlineData(ProcessingMode.Offloaded, false, 768)]
    [InlineData(ProcessingMode.Offloaded, true, 768)]
    public void Impulse_TakesExactlyTheDeclaredFrames(ProcessingMode mode, bool hasProcessing, int expected)
    {
        using var stream = new AudioStreamV2(0, 7, _pool, 48000, BufferSize, _backend, new AudioStreamOptions { ProcessingMode = mode });
        if (hasProcessing)
            stream.SetProcessor((input, output) => input.CopyTo(output));
        Assert.True(stream.Start());

        Assert.Equal(expected, VirtualClock.ImpulseLatency(_backend, blocks: 12));

        Assert.Equal(expected, stream.LatencySamples);
        Assert.Equal(0, stream.GetStats().RejectedBlocks);
    }

    [Fact]
    public void V1_TakesAPullLonger()
    {
        using var stream = new AudioStream(0, 7, 48000, BufferSize, _backend);
        stream.SetProcessingCallback(block => block);
        stream.Start();

        // The worker is given all the time it wants: what is left is what the design costs.
        var latency = VirtualClock.ImpulseLatency(_backend, blocks: 40, afterBlock: blocks =>
        {
            if (blocks % (PullFrames / BufferSize) == 0)
                Assert.True(SpinWait.SpinUntil(() => stream.FramesToPlay == PullFrames, Limit));
        });

        Assert.Equal(512 + PullFrames, latency);
    }
}
