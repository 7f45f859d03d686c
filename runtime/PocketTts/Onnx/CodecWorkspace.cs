using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace PocketTts.Onnx;

/// <summary>The memory in which latents become samples, bound to <c>mimi_decoder</c> once.</summary>
/// <remarks>
/// Single caller. One latent at a time: the exports whose codec looks back over 250 positions lose context when several come at once, and 8-bit
/// decoders give other samples then.
/// </remarks>
internal sealed class CodecWorkspace : IDisposable
{
    private readonly NativeTensor _latent, _audio;
    private readonly StatefulGraph _decoder;

    public CodecWorkspace(SpeechGraphs graphs, RunOptions runOptions)
    {
        _latent = new NativeTensor(TensorElementType.Float, 1, 1, graphs.LatentSize);
        _audio = new NativeTensor(TensorElementType.Float, graphs.AudioShape);
        _decoder = new StatefulGraph(graphs.MimiDecoder, runOptions, graphs.MimiSlots, [("latent", _latent)], [("audio_frame", _audio)]);
    }

    /// <summary>Before the first frame of a chunk: the codec starts anew.</summary>
    public void Reset() => _decoder.Reset();

    public void Decode(ReadOnlySpan<float> latent, Span<float> samples)
    {
        latent.CopyTo(_latent.Floats);
        _decoder.Step();
        _audio.Floats.CopyTo(samples);
    }

    public void Dispose()
    {
        _decoder.Dispose();
        _latent.Dispose();
        _audio.Dispose();
    }
}
