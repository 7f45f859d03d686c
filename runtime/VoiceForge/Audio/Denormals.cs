using System.Numerics;

namespace VoiceForge.Audio;

/// <summary>Sets to zero what is far too quiet to hear: numbers near the smallest that a float can hold make each operation up to a hundred times slower.</summary>
internal static class Denormals
{
    /// <summary>-400 dB of full scale. No 32-bit integer format reaches below -187 dB, so that nothing recorded is touched.</summary>
    public const float Quietest = 1e-20f;

    /// <summary>Copies a block; both may be the same memory. NaN and infinity are kept.</summary>
    public static void CopyWithout(ReadOnlySpan<float> source, Span<float> destination)
    {
        var index = 0;
        for (; index <= source.Length - Vector<float>.Count; index += Vector<float>.Count)
        {
            var samples = new Vector<float>(source[index..]);
            var isQuiet = Vector.LessThan(Vector.Abs(samples), new Vector<float>(Quietest));
            Vector.ConditionalSelect(isQuiet, Vector<float>.Zero, samples).CopyTo(destination[index..]);
        }

        for (; index < source.Length; index++)
            destination[index] = Math.Abs(source[index]) < Quietest ? 0 : source[index];
    }
}
