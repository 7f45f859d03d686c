using VoiceForge.Audio;

namespace VoiceForge.Tests.Audio;

public sealed class PortAudioBackendTests
{
    [PortAudioFact]
    public void UnknownDevice_MakesStartFalseWithItsIndex()
    {
        using var pool = new BufferPool(256, 1);
        using var backend = new PortAudioBackend();
        using var stream = new AudioStreamV2(999, -1, pool, backend: backend);

        Assert.False(stream.Start());

        Assert.Contains("'999'", stream.LastError);
        Assert.Equal(StreamState.Stopped, stream.State);
    }

    [PortAudioFact]
    public void Devices_AreNumberedAndHaveAtMostOneDefaultEachWay()
    {
        using var backend = new PortAudioBackend();

        Assert.Equal(Enumerable.Range(0, backend.Devices.Count), backend.Devices.Select(device => device.Index));
        Assert.InRange(backend.Devices.Count(device => device.IsDefaultInput), 0, 1);
        Assert.InRange(backend.Devices.Count(device => device.IsDefaultOutput), 0, 1);
    }

    [PortAudioFact]
    public void DefaultDevice_DeliversBlocksOrSaysWhyNot()
    {
        using var pool = new BufferPool(256, 1);
        using var backend = new PortAudioBackend();
        using var stream = new AudioStreamV2(-1, -1, pool, backend: backend);
        using var delivered = new CountdownEvent(10);
        stream.SetProcessor((_, output) =>
        {
            output.Clear();
            if (!delivered.IsSet)
                delivered.Signal();
        });

        if (!stream.Start())
        {
            Assert.NotEqual("", stream.LastError);
            return;
        }

        Assert.True(delivered.Wait(TimeSpan.FromSeconds(30)));
        stream.Stop();
        Assert.Equal(StreamState.Stopped, stream.State);
        Assert.True(stream.GetStats().Callbacks >= 10);
    }

    [PortAudioFact]
    public void BackendMadeAndDisposedAgain_IsUsableEachTime()
    {
        var first = new PortAudioBackend();
        using var second = new PortAudioBackend();
        first.Dispose();
        first.Dispose();

        Assert.Throws<AudioBackendException>(() => second.Open(new AudioStreamFormat(999, 999, 48000, 256, 1), (_, _, _) => { }));
    }
}
