using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace PocketTts.Onnx;

/// <summary>The memory in which latents become samples, bound to <c>mimi_decoder</c> once for each number of latents that may come together.</summary>
/// <remarks>Single caller.</remarks>
internal sealed class CodecWorkspace : IDisposable
{
    private readonly int _latentSize, _samplesPerFrame;
    private readonly NativeTensor _latents, _audio;
    private readonly List<OrtValue> _views = [];
    private readonly StatefulGraph _decoder;

    public CodecWorkspace(SpeechGraphs graphs, RunOptions runOptions)
    {
        (_latentSize, _samplesPerFrame) = (graphs.LatentSize, graphs.SamplesPerFrame);
        _latents = new NativeTensor(TensorElementType.Float, 1, graphs.MostFramesPerDecode, _latentSize);
        _audio = new NativeTensor(TensorElementType.Float, AudioShape(graphs.MostFramesPerDecode));
        _decoder = new StatefulGraph(graphs.MimiDecoder, runOptions, graphs.MimiSlots);
        for (var frames = 1; frames <= graphs.MostFramesPerDecode; frames++)
            _decoder.Bind([("latent", View(_latents, 1, frames, _latentSize))], [("audio_frame", View(_audio, AudioShape(frames)))]);

        long[] AudioShape(int frames) => [.. graphs.AudioShape[..^1], graphs.AudioShape[^1] * frames];
    }

    /// <summary>Before the first frame of a chunk: the codec starts anew.</summary>
    public void Reset() => _decoder.Reset();

    /// <param name="latents">One or more, one after the other, up to <see cref="SpeechGraphs.MostFramesPerDecode"/>.</param>
    public void Decode(ReadOnlySpan<float> latents)
    {
        latents.CopyTo(_latents.Floats);
        _decoder.Step((latents.Length / _latentSize) - 1);
    }

    /// <summary>The samples of one of the latents that were decoded last, valid until the next are.</summary>
    public ReadOnlySpan<float> Frame(int index) => _audio.Floats.Slice(index * _samplesPerFrame, _samplesPerFrame);

    public void Dispose()
    {
        _decoder.Dispose();
        _views.ForEach(v => v.Dispose());
        _latents.Dispose();
        _audio.Dispose();
    }

    private OrtValue View(NativeTensor tensor, params long[] shape)
    {
        var view = tensor.ViewAs(shape);
        _views.Add(view);
        return view;
    }
}
