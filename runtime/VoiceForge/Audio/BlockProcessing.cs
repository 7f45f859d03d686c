using System.Numerics.Tensors;

namespace VoiceForge.Audio;

/// <summary>What turns input into output: one of the two shapes a caller may set. Immutable, so that the audio thread takes it by one reference.</summary>
internal sealed class BlockProcessing
{
    /// <summary>18 dB above full scale: the limiter's work ends here, and what is louder is not audio.</summary>
    public const float LargestPeak = 8;

    private readonly Func<float[], float[]>? _callback;
    private readonly AudioProcessor? _processor;

    public BlockProcessing(Func<float[], float[]> callback) => _callback = callback;

    public BlockProcessing(AudioProcessor processor) => _processor = processor;

    /// <summary>Processes one block and judges the result; never throws.</summary>
    /// <param name="input">One finite block.</param>
    /// <param name="output">Gets the result; arbitrary when a fault is returned.</param>
    /// <param name="detail">What the fault is about: an <see cref="Exception"/>, an array, or nothing.</param>
    public BlockFault Run(ReadOnlySpan<float> input, Span<float> output, out object? detail)
    {
        detail = null;
        try
        {
            if (_processor is not null)
            {
                _processor(input, output);
            }
            else
            {
                // A new array for each block: V1 callbacks were free to keep what they got.
                detail = _callback!(input.ToArray());
                if (detail is not float[] result)
                    return BlockFault.ReturnedNull;
                if (result.Length != input.Length)
                    return BlockFault.ReturnedWrongLength;
                result.CopyTo(output);
            }
        }
        catch (Exception exception)
        {
            detail = exception;
            return BlockFault.CallbackThrew;
        }

        var peak = PeakOf(output);
        return !float.IsFinite(peak) ? BlockFault.OutputNotFinite : peak > LargestPeak ? BlockFault.OutputTooLoud : BlockFault.None;
    }

    public static bool IsFinite(ReadOnlySpan<float> block) => float.IsFinite(PeakOf(block));

    // NaN and infinity are the largest magnitude of any block they are in. What comes back has the sign it has there.
    public static float PeakOf(ReadOnlySpan<float> block) => Math.Abs(TensorPrimitives.MaxMagnitude(block));
}
