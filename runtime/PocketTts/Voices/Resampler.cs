using System.Numerics;

namespace PocketTts.Voices;

/// <summary>Changes the sample rate with a polyphase low-pass filter (Kaiser window, beta 5), the way SciPy's <c>resample_poly</c> does.</summary>
internal static class Resampler
{
    public const int LowestRate = 1000, HighestRate = 768_000;
    private const double KaiserBeta = 5;
    private const int HalfLengthPerRate = 10;

    /// <returns>A new array of ⌈length · to / from⌉ samples.</returns>
    public static float[] Resample(ReadOnlySpan<float> samples, int from, int to)
    {
        if (from == to)
            return samples.ToArray();
        var divisor = (int)BigInteger.GreatestCommonDivisor(from, to);
        int up = to / divisor, down = from / divisor;
        var half = HalfLengthPerRate * Math.Max(up, down);
        var filter = LowPass(half, 1.0 / Math.Max(up, down), gain: up);

        var output = new float[checked((int)(((samples.Length * (long)up) + down - 1) / down))];
        for (var m = 0; m < output.Length; m++)
        {
            // Between the input samples stand up - 1 zeros, so only every up-th tap meets one.
            var centre = (long)m * down;
            var first = Math.Max(0, (centre - half + up - 1) / up);
            var last = Math.Min(samples.Length - 1, (centre + half) / up);
            var sum = 0.0;
            for (var k = first; k <= last; k++)
                sum += samples[(int)k] * filter[half + centre - (k * up)];
            output[m] = (float)sum;
        }

        return output;
    }

    private static double[] LowPass(int half, double cutoff, double gain)
    {
        var taps = new double[(2 * half) + 1];
        var total = 0.0;
        for (var i = 0; i < taps.Length; i++)
        {
            var x = i - half;
            var sinc = x == 0 ? 1 : Math.Sin(Math.PI * cutoff * x) / (Math.PI * cutoff * x);
            var place = (double)x / half;
            taps[i] = sinc * BesselI0(KaiserBeta * Math.Sqrt(1 - (place * place)));
            total += taps[i];
        }

        for (var i = 0; i < taps.Length; i++)
            taps[i] *= gain / total;
        return taps;
    }

    private static double BesselI0(double x)
    {
        var (sum, term) = (1.0, 1.0);
        for (var k = 1; term > sum * 1e-17; k++)
        {
            term *= x / 2 / k * (x / 2 / k);
            sum += term;
        }

        return sum;
    }
}
