using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace PocketTts.Onnx;

/// <summary>All memory that one generation works in, bound to the graphs once; afterwards it serves the next generation.</summary>
/// <remarks>Single caller.</remarks>
internal sealed class GenerationWorkspace : IDisposable
{
    private readonly SpeechGraphs _graphs;
    private readonly RunOptions _runOptions = new();
    private readonly PinnedTensor _sequence, _emptySequence, _emptyText, _conditioning, _eosLogit, _noise, _direction, _from, _to, _audio;
    private readonly StatefulGraph _main, _decoder;
    private readonly OrtIoBinding _flow;
    private readonly OrtValue _flowConditioning;

    public GenerationWorkspace(SpeechGraphs graphs)
    {
        _graphs = graphs;
        _sequence = Floats(1, 1, graphs.LatentSize);
        _emptySequence = Floats(1, 0, graphs.LatentSize);
        _emptyText = Floats(1, 0, graphs.ModelSize);
        _conditioning = Floats(SpeechGraphs.SingleFrameShape(graphs.FlowLmMain, "conditioning", graphs.ModelSize));
        _eosLogit = Floats(SpeechGraphs.SingleFrameShape(graphs.FlowLmMain, "eos_logit", 1));
        _noise = Floats(1, graphs.LatentSize);
        _direction = Floats(1, graphs.LatentSize);
        _from = Floats(1, 1);
        _to = Floats(1, 1);
        _audio = Floats(SpeechGraphs.SingleFrameShape(graphs.MimiDecoder, "audio_frame", graphs.SamplesPerFrame));
        _main = new StatefulGraph(
            graphs.FlowLmMain,
            _runOptions,
            graphs.FlowSlots,
            [("sequence", _sequence), ("text_embeddings", _emptyText)],
            [("conditioning", _conditioning), ("eos_logit", _eosLogit)]);
        _decoder = new StatefulGraph(graphs.MimiDecoder, _runOptions, graphs.MimiSlots, [("latent", _sequence)], [("audio_frame", _audio)]);
        _flowConditioning = _conditioning.ViewAs(FlowConditioningShape(graphs));
        _flow = graphs.FlowLmFlow.CreateIoBinding();
        _flow.BindInput("c", _flowConditioning);
        _flow.BindInput("s", _from.Value);
        _flow.BindInput("t", _to.Value);
        _flow.BindInput("x", _noise.Value);
        _flow.BindOutput("flow_dir", _direction.Value);
    }

    /// <summary>The states of <c>flow_lm_main</c>.</summary>
    public IReadOnlyList<PinnedTensor> FlowStates => _main.States;

    /// <summary>The latent being made: noise at first, the frame after <see cref="Denoise"/>.</summary>
    public Span<float> Latent => _noise.Floats;

    public void ResetFlow() => _main.Reset();

    /// <summary>Before the first frame of a chunk: the codec starts anew, and the model gets the marker that stands for no frame yet.</summary>
    public void BeginChunk()
    {
        _decoder.Reset();
        _sequence.Floats.Fill(float.NaN);
    }

    /// <summary>Ends the run that goes on, and every later one at its start, until <see cref="Revive"/>. Any thread.</summary>
    public void Terminate() => _runOptions.Terminate = true;

    public void Revive() => _runOptions.Terminate = false;

    /// <summary>Lets the model read rows, <c>[1, n, model size]</c>.</summary>
    public void Prefill(PinnedTensor rows) => _main.Run([("sequence", _emptySequence), ("text_embeddings", rows)]);

    /// <summary>Lets the model read the last frame.</summary>
    /// <returns>The end-of-speech logit.</returns>
    public float StepMain()
    {
        _main.Step();
        return _eosLogit.Floats[0];
    }

    /// <summary>Turns the noise in <see cref="Latent"/> into a frame, in equal steps along the direction that the graph gives.</summary>
    /// <remarks>Lagrangian self-distillation decoding, as kyutai-labs/pocket-tts does it.</remarks>
    public void Denoise(int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            _from.Floats[0] = (float)i / steps;
            _to.Floats[0] = (float)(i + 1) / steps;
            _graphs.FlowLmFlow.RunWithBinding(_runOptions, _flow);
            var latent = _noise.Floats;
            var direction = _direction.Floats;
            for (var k = 0; k < latent.Length; k++)
                latent[k] += direction[k] / steps;
        }

        _noise.Floats.CopyTo(_sequence.Floats);
    }

    /// <summary>Turns the frame into samples.</summary>
    public void Decode(Span<float> samples)
    {
        _decoder.Step();
        _audio.Floats.CopyTo(samples);
    }

    public void Dispose()
    {
        _flow.Dispose();
        _flowConditioning.Dispose();
        _main.Dispose();
        _decoder.Dispose();
        _runOptions.Dispose();
        foreach (var tensor in (PinnedTensor[])[_sequence, _emptySequence, _emptyText, _conditioning, _eosLogit, _noise, _direction, _from, _to, _audio])
            tensor.Dispose();
    }

    /// <summary>Mostly that of <c>conditioning</c>; the same values either way.</summary>
    private static long[] FlowConditioningShape(SpeechGraphs graphs)
    {
        var shape = new long[graphs.FlowLmFlow.InputMetadata["c"].Dimensions.Length];
        Array.Fill(shape, 1);
        shape[^1] = graphs.ModelSize;
        return shape;
    }

    private static PinnedTensor Floats(params long[] shape) => new(TensorElementType.Float, shape);
}
