using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using PocketTts.Voices;

namespace PocketTts.Onnx;

/// <summary>The memory in which latents are made, one after the other, bound to <c>flow_lm_main</c> and <c>flow_lm_flow</c> once.</summary>
/// <remarks>Single caller. Shares nothing with <see cref="CodecWorkspace"/>, so the two may run on different threads.</remarks>
internal sealed class LatentWorkspace : IDisposable
{
    private readonly StateSlot[] _flowSlots;
    private readonly InferenceSession _flowGraph;
    private readonly RunOptions _runOptions;
    private readonly NativeTensor _sequence, _emptySequence, _emptyText, _conditioning, _eosLogit, _latent, _direction, _from, _to;
    private readonly OrtValue _flowConditioning;
    private readonly (string Name, OrtValue Value)[] _mainOutputs;
    private readonly StatefulGraph _main;
    private readonly OrtIoBinding _flow;

    public LatentWorkspace(SpeechGraphs graphs, RunOptions runOptions)
    {
        _flowSlots = graphs.FlowSlots;
        _flowGraph = graphs.FlowLmFlow;
        _runOptions = runOptions;
        _sequence = Floats(1, 1, graphs.LatentSize);
        _emptySequence = Floats(1, 0, graphs.LatentSize);
        _emptyText = Floats(1, 0, graphs.ModelSize);
        _conditioning = Floats(graphs.MainOutputShape("conditioning", graphs.ModelSize));
        _eosLogit = Floats(graphs.MainOutputShape("eos_logit", 1));
        _latent = Floats(1, graphs.LatentSize);
        _direction = Floats(1, graphs.LatentSize);
        _from = Floats(1, 1);
        _to = Floats(1, 1);
        _mainOutputs = [("conditioning", _conditioning.Value), ("eos_logit", _eosLogit.Value)];
        _main = new StatefulGraph(graphs.FlowLmMain, runOptions, graphs.FlowSlots);
        _main.Bind([("sequence", _sequence.Value), ("text_embeddings", _emptyText.Value)], _mainOutputs);
        _flowConditioning = _conditioning.ViewAs(FlowConditioningShape(graphs));
        _flow = graphs.FlowLmFlow.CreateIoBinding();
        _flow.BindInput("c", _flowConditioning);
        _flow.BindInput("s", _from.Value);
        _flow.BindInput("t", _to.Value);
        _flow.BindInput("x", _latent.Value);
        _flow.BindOutput("flow_dir", _direction.Value);
    }

    /// <summary>The states of <c>flow_lm_main</c>.</summary>
    public IReadOnlyList<NativeTensor> FlowStates => _main.States;

    /// <summary>The latent being made: noise at first, the frame after <see cref="Denoise"/>.</summary>
    public Span<float> Latent => _latent.Floats;

    public void ResetFlow() => _main.Reset();

    /// <summary>Goes back to what the model had read and said then.</summary>
    public void Restore(FlowSnapshot snapshot)
    {
        if (_main.IsTorn)
            _main.Reset();
        snapshot.Restore(_flowSlots, _main.States);
    }

    /// <summary>Before the first frame of a chunk: the model gets the marker that stands for no frame yet.</summary>
    public void BeginChunk() => _sequence.Floats.Fill(float.NaN);

    /// <summary>Lets the model read rows, <c>[1, n, model size]</c>.</summary>
    public void Prefill(NativeTensor rows) => 
        _main.Run([("sequence", _emptySequence.Value), ("text_embeddings", rows.Value)], _mainOutputs);

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
            _flowGraph.RunWithBinding(_runOptions, _flow);
            var latent = _latent.Floats;
            var direction = _direction.Floats;
            for (var k = 0; k < latent.Length; k++)
                latent[k] += direction[k] / steps;
        }

        _latent.Floats.CopyTo(_sequence.Floats);
    }

    public void Dispose()
    {
        _flow.Dispose();
        _flowConditioning.Dispose();
        _main.Dispose();
        foreach (var tensor in (NativeTensor[])[_sequence, _emptySequence, _emptyText, _conditioning, _eosLogit, _latent, _direction, _from, _to])
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

    private static NativeTensor Floats(params long[] shape) => new(TensorElementType.Float, shape);
}
