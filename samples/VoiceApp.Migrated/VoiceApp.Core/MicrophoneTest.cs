using VoiceForge.Audio;

namespace VoiceApp.Core;

/// <summary>Listens for a moment, so that a user sees whether the right microphone is plugged in.</summary>
public static class MicrophoneTest
{
    /// <summary>Plays the input through until it ends or the time is up.</summary>
    /// <returns>The loudest peak in dB full scale; <see cref="LevelMeter.Floor"/> when nothing was heard.</returns>
    public static double LoudestPeakDb(int inputDevice, int outputDevice, TimeSpan limit)
    {
        var meter = new LevelMeter();
        using var bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);
        var heard = new TripleBuffer(bufferSize: 48000, channels: 1);
        using var stream = new AudioStreamV2(inputDeviceIndex: inputDevice, outputDeviceIndex: outputDevice, sampleRate: 48000, bufferSize: 256, bufferPool: bufferPool);
        stream.SetProcessingCallback(block =>
        {
            heard.Write(block);
            return block;
        });
        if (!stream.Start())
        {
            throw new InvalidOperationException("Audio stream failed to start.");
        }

        var end = DateTime.UtcNow + limit;
        while (stream.IsRunning && DateTime.UtcNow < end)
        {
            var block = heard.Read();
            if (block is not null)
            {
                meter.Update(block);
            }
            Thread.Sleep(5);
        }

        return meter.HeldPeakDb;
    }
}
