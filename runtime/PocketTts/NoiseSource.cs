using System.Numerics;

namespace PocketTts;

/// <summary>Normally distributed noise with its own generator, so that a seed gives the same values on every machine and .NET version.</summary>
/// <remarks>
/// xoshiro256** seeded by SplitMix64 (Blackman and Vigna, prng.di.unimi.it, public domain), turned into normal values by Box and Muller's
/// method. The values differ from those of PyTorch for the same seed. Single caller.
/// </remarks>
internal struct NoiseSource
{
    private const ulong GoldenRatio = 0x9E3779B97F4A7C15;
    private readonly double _deviation;
    private readonly double _clamp;
    private ulong _a, _b, _c, _d;

    /// <param name="seed">Of the whole generation.</param>
    /// <param name="stream">Each chunk of a text has its own noise, whichever is made first.</param>
    /// <param name="variance">0 gives zeros.</param>
    /// <param name="clamp">Values beyond this are drawn again; <see langword="null"/>: none are.</param>
    public NoiseSource(ulong seed, int stream, double variance, double? clamp)
    {
        _deviation = Math.Sqrt(variance);
        _clamp = clamp ?? double.PositiveInfinity;
        var state = SplitMix(seed) + (GoldenRatio * (ulong)stream);
        _a = SplitMix(state += GoldenRatio);
        _b = SplitMix(state += GoldenRatio);
        _c = SplitMix(state += GoldenRatio);
        _d = SplitMix(state + GoldenRatio);
    }

    public void Fill(Span<float> values)
    {
        foreach (ref var value in values)
            value = _deviation == 0 ? 0 : _clamp < _deviation ? Narrow() : Wide();
    }

    private float Wide()
    {
        while (true)
        {
            var value = _deviation * Normal();
            if (Math.Abs(value) <= _clamp)
                return (float)value;
        }
    }

    /// <summary>The same distribution by rejection from a uniform one, which stays quick when the bounds are close together.</summary>
    private float Narrow()
    {
        while (true)
        {
            var value = ((2 * Uniform()) - 1) * _clamp;
            if (Uniform() <= Math.Exp(-value * value / (2 * _deviation * _deviation)))
                return (float)value;
        }
    }

    private double Normal()
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - Uniform()));
        return radius * Math.Cos(2 * Math.PI * Uniform());
    }

    /// <summary>In [0, 1).</summary>
    private double Uniform() => (Next() >> 11) * (1.0 / (1UL << 53));

    private ulong Next()
    {
        var result = BitOperations.RotateLeft(_b * 5, 7) * 9;
        var shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    private static ulong SplitMix(ulong state)
    {
        state = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9;
        state = (state ^ (state >> 27)) * 0x94D049BB133111EB;
        return state ^ (state >> 31);
    }
}
