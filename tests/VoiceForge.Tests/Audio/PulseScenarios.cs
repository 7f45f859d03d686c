using System.Diagnostics;
using System.Runtime.InteropServices;
using VoiceForge.Audio;

namespace VoiceForge.Tests.Audio;

/// <summary>A stream on a real sound system: PortAudio, ALSA, PulseAudio, and a sink that can be recorded. Each runs in a process of its own.</summary>
internal static class PulseScenarios
{
    private const int SampleRate = 48000;
    private const int Window = 2400; // 50 ms, a whole number of periods
    private const float ToneHz = 440;
    private const float ToneAmplitude = 0.5f;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static async Task Run(string name)
    {
        switch (name)
        {
            case nameof(PlayTone):
                await PlayTone();
                break;
            case nameof(LoseServerAndFindItAgain):
                LoseServerAndFindItAgain();
                break;
            case nameof(StopAfterServerDied):
                StopAfterServerDied();
                break;
            default:
                throw new ArgumentException($"There is no scenario '{name}'.", nameof(name));
        }
    }

    public static async Task PlayTone()
    {
        using var server = new PulseServer();
        using var backend = new PortAudioBackend();
        using var pool = new BufferPool(256, 1);
        using var stream = StreamOn(backend, pool);
        stream.SetProcessor(new Tone(SampleRate, ToneHz, ToneAmplitude).Process);
        using var recorder = server.Record();

        Assert.True(stream.Start(), stream.LastError);
        var share = await ShareOfToneAsync(recorder, windowsWithTone: 20).WaitAsync(Limit);
        stream.Stop();

        recorder.Kill();
        Assert.True(share > 0.99, $"Only {share:P1} of the recorded energy is the tone.");
        Assert.Equal(StreamState.Stopped, stream.State);
        Assert.Equal(0, stream.GetStats().RejectedBlocks);
        Assert.True(stream.GetStats().Callbacks > 20 * Window / 256);
    }

    public static void LoseServerAndFindItAgain()
    {
        using var server = new PulseServer();
        using var backend = new PortAudioBackend();
        using var pool = new BufferPool(256, 1);
        using var stream = StreamOn(backend, pool);
        StartPlaying(stream);

        server.Kill();
        Assert.True(SpinWait.SpinUntil(() => stream.GetStats().FailsafeEntries > 0, Limit));
        server.StartAgain();

        Assert.True(SpinWait.SpinUntil(() => stream.State == StreamState.Running, Limit), $"{stream.State}: {stream.LastError}");
        stream.Stop();
        Assert.Equal(StreamState.Stopped, stream.State);
        Assert.Equal(0, pool.GetUsageStats().InUse);
    }

    public static void StopAfterServerDied()
    {
        using var server = new PulseServer();
        using var backend = new PortAudioBackend();
        using var pool = new BufferPool(256, 1);
        using var stream = StreamOn(backend, pool);
        StartPlaying(stream);

        server.Kill();

        stream.Stop(); // the parent process waits for this
        Assert.Equal(StreamState.Stopped, stream.State);
        Assert.Equal(0, pool.GetUsageStats().InUse);
    }

    private static AudioStreamV2 StreamOn(PortAudioBackend backend, BufferPool pool)
    {
        var device = AudioBackendSelection.FindDevice(backend, "pulse", isInput: false);
        return new AudioStreamV2(device, device, pool, SampleRate, 256, backend);
    }

    private static void StartPlaying(AudioStreamV2 stream)
    {
        Assert.True(stream.Start(), stream.LastError);
        Assert.True(SpinWait.SpinUntil(() => stream.GetStats().Callbacks > 20, Limit));
    }

    /// <returns>What part of the energy of the windows that hold the tone is the tone's.</returns>
    private static async Task<double> ShareOfToneAsync(Process recorder, int windowsWithTone)
    {
        var bytes = new byte[Window * sizeof(float)];
        var shares = new List<double>();
        while (shares.Count < windowsWithTone)
        {
            await recorder.StandardOutput.BaseStream.ReadExactlyAsync(bytes);
            var samples = MemoryMarshal.Cast<byte, float>(bytes).ToArray();
            var energy = samples.Sum(sample => (double)sample * sample) / Window;
            if (Math.Abs(energy - ToneAmplitude * ToneAmplitude / 2) < 0.002) // neither before the stream nor across a gap of the machine
                shares.Add(EnergyAt(samples, ToneHz) / energy);
        }

        return shares.Order().ElementAt(windowsWithTone / 2);
    }

    private static double EnergyAt(float[] samples, double frequency)
    {
        var (real, imaginary) = (0.0, 0.0);
        for (var index = 0; index < samples.Length; index++)
        {
            var (sine, cosine) = Math.SinCos(2 * Math.PI * frequency * index / SampleRate);
            real += samples[index] * cosine;
            imaginary += samples[index] * sine;
        }

        return 2 * (real * real + imaginary * imaginary) / ((double)samples.Length * samples.Length);
    }

    private sealed class Tone(int sampleRate, double frequency, float amplitude)
    {
        private long _frame;

        public void Process(ReadOnlySpan<float> input, Span<float> output)
        {
            foreach (ref var sample in output)
                sample = (float)(amplitude * Math.Sin(2 * Math.PI * frequency * _frame++ / sampleRate));
        }
    }
}
