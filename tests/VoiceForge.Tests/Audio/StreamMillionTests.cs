using VoiceForge.Audio;

namespace VoiceForge.Tests.Audio;

/// <summary>What a million callbacks leave behind. Alone in the process: lock contention is counted for all of its threads.</summary>
[Collection(EnvironmentCollection.Name)]
public sealed class StreamMillionTests
{
    private const int Callbacks = 1_000_000;
    private const int WarmUp = 5_000;

    [Theory]
    [InlineData(ProcessingMode.Inline)]
    [InlineData(ProcessingMode.Offloaded)]
    public void AudioThread_AllocatesNothingAndMeetsNoLock(ProcessingMode mode)
    {
        using var pool = new BufferPool(slotSizeSamples: 32, numSlots: 2);
        var backend = new VirtualBackend { IsLive = mode == ProcessingMode.Offloaded }; // live: it never waits for its worker
        using var stream = new AudioStreamV2(0, 7, pool, 48000, 32, backend, new AudioStreamOptions { ProcessingMode = mode });
        stream.SetProcessor((input, output) => input.CopyTo(output));
        Assert.True(stream.Start());
        var good = backend.Block(0.5f);
        var bad = backend.Block(float.NaN);
        Play(WarmUp);

        var (allocated, contended) = (GC.GetAllocatedBytesForCurrentThread(), Monitor.LockContentionCount);
        Play(Callbacks);
        Assert.Equal((0, 0), (GC.GetAllocatedBytesForCurrentThread() - allocated, Monitor.LockContentionCount - contended));

        Assert.Equal(WarmUp + Callbacks, stream.GetStats().Callbacks);
        Assert.True(stream.GetStats().FailsafeEntries > 0); // the ways into failsafe and out are among them

        void Play(int blocks)
        {
            for (var block = 0; block < blocks; block++)
                backend.Play(block % 20_000 < 6 ? bad : good);
        }
    }
}
