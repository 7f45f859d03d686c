using VoiceApp.Core;

namespace VoiceApp.Tests;

// One class, because xunit runs classes side by side and there is one sound card.
public sealed class SoundCardTests : IDisposable
{
    private static readonly TimeSpan ToneOnly = TimeSpan.FromSeconds(0.25);
    private static readonly TimeSpan ToneAndPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    private readonly SoundCard _card = new();

    [Fact]
    public void Chain_PlaysTheToneAndSilencesThePause()
    {
        _card.Record(ToneAndPause);
        using var chain = new AudioChain(new NoiseGate(thresholdDb: -40, gainDb: 3, holdSamples: 100));

        chain.Start();
        PlayToTheEnd(chain);

        var played = WaveFile.Read(_card.OutputPath, out var sampleRate);
        Assert.Equal(AudioChain.SampleRate, sampleRate);
        Assert.Equal(24000, played.Length);
        Assert.Equal(0.706f, played.Max(), 2);
        Assert.All(played[^2048..], sample => Assert.Equal(0f, sample));
    }

    [Fact]
    public void Meter_ShowsTheNewestBlock()
    {
        _card.Record(ToneOnly);
        using var chain = new AudioChain(new NoiseGate());

        chain.Start();
        PlayToTheEnd(chain);
        chain.UpdateMeter();

        Assert.Equal(-6, chain.Meter.PeakDb, 1);
    }

    [Fact]
    public void Resume_GoesOnAfterStop()
    {
        _card.Record(ToneOnly);
        using var chain = new AudioChain(new NoiseGate());
        chain.Start();
        PlayToTheEnd(chain);
        File.Delete(_card.OutputPath);

        chain.Resume();
        PlayToTheEnd(chain);

        Assert.Equal(12000, WaveFile.CountSamples(_card.OutputPath));
    }

    [Fact]
    public void Start_WithoutMicrophone_Throws()
    {
        _card.Unplug();
        using var chain = new AudioChain(new NoiseGate());

        Assert.ThrowsAny<Exception>(chain.Start);
        Assert.False(chain.IsRunning);
    }

    [Fact]
    public void MicrophoneTest_TellsTheLoudestPeak()
    {
        _card.Record(TimeSpan.FromSeconds(1));

        Assert.Equal(-6, MicrophoneTest.LoudestPeakDb(0, 1, Limit), 1);
    }

    public void Dispose() => _card.Dispose();

    private static void PlayToTheEnd(AudioChain chain)
    {
        Assert.True(SpinWait.SpinUntil(() => !chain.IsRunning, Limit), "The chain did not stop at the end of the input.");
        chain.Stop();
    }
}
