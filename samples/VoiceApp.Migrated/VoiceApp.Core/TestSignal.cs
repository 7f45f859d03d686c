namespace VoiceApp.Core;

/// <summary>A signal to try the chain with where there is no microphone: a tone with pauses of faint noise.</summary>
public static class TestSignal
{
    /// <summary>Makes the signal: every half second begins with a tone of 440 Hz at -6 dB and ends with noise at -60 dB.</summary>
    /// <returns>Mono samples; the same each time.</returns>
    public static float[] Create(TimeSpan length, int sampleRate)
    {
        var noise = new Random(1);
        var samples = new float[(int)(length.TotalSeconds * sampleRate)];
        for (var i = 0; i < samples.Length; i++)
        {
            var isTone = i % (sampleRate / 2) < sampleRate / 4;
            samples[i] = isTone
                ? (float)(0.5 * Math.Sin(2 * Math.PI * 440 * i / sampleRate))
                : (float)(0.002 * noise.NextDouble() - 0.001);
        }

        return samples;
    }
}
