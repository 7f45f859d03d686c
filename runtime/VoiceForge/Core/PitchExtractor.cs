using System.Numerics.Tensors;

namespace VoiceForge.Core;

/// <summary>Finds the fundamental frequency of a voice.</summary>
public static class PitchExtractor
{
    private const int FramesPerSecond = 100;
    private const int LowestHz = 50;
    private const int HighestHz = 1000;
    private const int WindowsPerSecond = 40; // 25 ms, the paper's window
    private const double Threshold = 0.15; // of the normalised difference: below it a frame is periodic enough to be voiced

    /// <summary>The fundamental frequency (F0) for each 10 ms, found with YIN.</summary>
    /// <param name="audio">One channel.</param>
    /// <param name="sampleRate">In Hz, 8000 to 192000.</param>
    /// <returns>
    /// One value in Hz for each 10 ms begun, 50 to 1000, or 0 where the sound is unvoiced, silent or not finite. Each looks at 45 ms around the
    /// middle of its 10 ms, moved inwards at both ends; of shorter audio the lowest pitch that can be found is two periods long.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The rate is out of its range.</exception>
    /// <remarks>
    /// Any thread; allocates the result and one work array. Source: A. de Cheveigné, H. Kawahara, "YIN, a fundamental frequency estimator for
    /// speech and music", JASA 111 (2002), steps 1 to 5. To keep results, ask through <see cref="FeatureCache"/>.
    /// </remarks>
    public static float[] Yin(ReadOnlySpan<float> audio, int sampleRate)
    {
        if (sampleRate is < 8000 or > 192000)
            throw new ArgumentOutOfRangeException(nameof(sampleRate), sampleRate, "Expected 8000 to 192000 Hz.");

        var pitch = new float[((long)audio.Length * FramesPerSecond + sampleRate - 1) / sampleRate];
        var shortest = sampleRate / HighestHz;
        var longest = Math.Min(sampleRate / LowestHz, audio.Length / 2);
        if (longest <= shortest + 1)
            return pitch; // not even two periods of the highest pitch

        var window = Math.Min(sampleRate / WindowsPerSecond, audio.Length - longest);
        var span = window + longest;
        var difference = new float[longest + 1];
        for (var frame = 0; frame < pitch.Length; frame++)
        {
            var middle = (frame + 0.5) * sampleRate / FramesPerSecond;
            var start = Math.Clamp((int)(middle - span / 2.0), 0, audio.Length - span);
            Normalise(audio.Slice(start, span), window, difference);
            if (FindPeriod(difference, shortest) is { } period)
                pitch[frame] = (float)Math.Clamp(sampleRate / period, LowestHz, HighestHz);
        }

        return pitch;
    }

    // Steps 2 and 3: how much the window differs from itself a lag later, in parts of the mean over all shorter lags.
    private static void Normalise(ReadOnlySpan<float> audio, int window, Span<float> difference)
    {
        var sum = 0.0;
        difference[0] = 1;
        for (var lag = 1; lag < difference.Length; lag++)
        {
            double distance = TensorPrimitives.Distance(audio[..window], audio.Slice(lag, window));
            sum += distance * distance;
            difference[lag] = sum > 0 ? (float)(distance * distance * lag / sum) : 1; // silence repeats at every lag, yet has no pitch
        }
    }

    // Step 4: the bottom of the first dip below the threshold; a later, deeper one is a multiple of the period.
    private static double? FindPeriod(ReadOnlySpan<float> difference, int shortest)
    {
        for (var lag = shortest; lag < difference.Length - 1; lag++)
        {
            if (!(difference[lag] < Threshold))
                continue;

            while (lag < difference.Length - 1 && difference[lag + 1] < difference[lag])
                lag++;
            return lag < difference.Length - 1 ? Refine(difference, lag) : null; // still falling at the end: the period is longer than we look
        }

        return null;
    }

    // Step 5: the bottom of the parabola through three neighbours lies between the samples.
    private static double Refine(ReadOnlySpan<float> difference, int lag)
    {
        var (before, bottom, after) = (difference[lag - 1], difference[lag], difference[lag + 1]);
        var curvature = before - 2 * bottom + after;
        return curvature > 0 ? lag + Math.Clamp((before - after) / (2 * curvature), -0.5, 0.5) : lag;
    }
}
