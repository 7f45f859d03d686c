namespace VoiceApp.Core;

/// <summary>Silences the pauses between words: lets a block through only while it is loud enough, and a moment longer.</summary>
/// <remarks>One thread at a time.</remarks>
public sealed class NoiseGate
{
    private readonly float _threshold;
    private readonly float _gain;
    private readonly int _holdSamples;
    private int _openSamples;

    /// <param name="thresholdDb">Peak level in dB full scale, 0 or less, from which sound passes.</param>
    /// <param name="gainDb">Gain of what passes.</param>
    /// <param name="holdSamples">How long the gate stays open after the last loud sample.</param>
    public NoiseGate(double thresholdDb = -40, double gainDb = 0, int holdSamples = 4800)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(thresholdDb, 0);
        ArgumentOutOfRangeException.ThrowIfNegative(holdSamples);
        _threshold = (float)Math.Pow(10, thresholdDb / 20);
        _gain = (float)Math.Pow(10, gainDb / 20);
        _holdSamples = holdSamples;
    }

    /// <summary>Gates one block.</summary>
    /// <returns>A new array of the same length; never outside [-1, 1].</returns>
    public float[] Process(float[] block)
    {
        var result = new float[block.Length];
        for (var i = 0; i < block.Length; i++)
        {
            if (Math.Abs(block[i]) >= _threshold)
                _openSamples = _holdSamples + 1;
            if (_openSamples == 0)
                continue;

            _openSamples--;
            result[i] = Math.Clamp(block[i] * _gain, -1f, 1f);
        }

        return result;
    }
}
