using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using PocketTts.Onnx;
using PocketTts.Voices;

namespace MigrationKit.Benchmarks;

/// <summary>
/// The calls of ONNX Runtime that a generation cannot do without, in their order, and nothing else: no text, noise, checks, queues or audio.
/// Two sets of states that change places, bound once; states that pass through are not fetched.
/// </summary>
internal sealed class TtsBareRuns : IDisposable
{
    private readonly SpeechGraphs _graphs;
    private readonly FlowSnapshot _voice;
    private readonly RunOptions _options = new();
    private readonly NativeTensor _ids, _rows, _sequence, _noSequence, _noText, _conditioning, _logit, _noise, _direction, _from, _to, _latent, _audio;
    private readonly NativeTensor[][] _flowStates, _codecStates;
    private readonly OrtIoBinding[] _main, _codec;
    private readonly OrtIoBinding _flow;
    private int _flowSet, _codecSet;

    public TtsBareRuns(SpeechGraphs graphs, FlowSnapshot voice, IReadOnlyList<long> ids)
    {
        (_graphs, _voice) = (graphs, voice);
        _ids = new NativeTensor(TensorElementType.Int64, 1, ids.Count);
        for (var i = 0; i < ids.Count; i++)
            _ids.Integers[i] = ids[i];
        _rows = Floats(1, ids.Count, graphs.ModelSize);
        (_sequence, _latent) = (Floats(1, 1, graphs.LatentSize), Floats(1, 1, graphs.LatentSize));
        (_noSequence, _noText) = (Floats(1, 0, graphs.LatentSize), Floats(1, 0, graphs.ModelSize));
        (_conditioning, _logit) = (Floats(1, graphs.ModelSize), Floats(1, 1));
        (_noise, _direction) = (Floats(1, graphs.LatentSize), Floats(1, graphs.LatentSize));
        (_from, _to) = (Floats(1, 1), Floats(1, 1));
        _audio = Floats(graphs.AudioShape);
        foreach (var values in (NativeTensor[])[_sequence, _latent, _noise, _to])
            values.Floats.Fill(0.5f);

        _flowStates = [States(graphs.FlowSlots), States(graphs.FlowSlots)];
        _codecStates = [States(graphs.MimiSlots), States(graphs.MimiSlots)];
        _main = Bind(graphs.FlowLmMain, graphs.FlowSlots, _flowStates,
            [("sequence", _sequence), ("text_embeddings", _noText)], [("conditioning", _conditioning), ("eos_logit", _logit)]);
        _codec = Bind(graphs.MimiDecoder, graphs.MimiSlots, _codecStates, [("latent", _latent)], [("audio_frame", _audio)]);
        _flow = graphs.FlowLmFlow.CreateIoBinding();
        foreach (var (name, tensor) in ((string, NativeTensor)[])[("c", _conditioning), ("s", _from), ("t", _to), ("x", _noise)])
            _flow.BindInput(name, tensor.Value);
        _flow.BindOutput("flow_dir", _direction.Value);
    }

    /// <summary>Puts the voice back; not to be timed.</summary>
    public void Restore()
    {
        _voice.Restore(_graphs.FlowSlots, _flowStates[_flowSet]);
        for (var i = 0; i < _graphs.MimiSlots.Length; i++)
            _graphs.MimiSlots[i].Reset(_codecStates[_codecSet][i]);
    }

    public void Speak(int frames)
    {
        ReadText();
        for (var i = 0; i < frames; i++)
            Frame();
    }

    public void Dispose()
    {
        foreach (var binding in (OrtIoBinding[])[.. _main, .. _codec, _flow])
            binding.Dispose();
        NativeTensor[] tensors =
        [
            _ids, _rows, _sequence, _noSequence, _noText, _conditioning, _logit, _noise, _direction, _from, _to, _latent, _audio,
            .. _flowStates[0], .. _flowStates[1], .. _codecStates[0], .. _codecStates[1],
        ];
        Array.ForEach(tensors, t => t.Dispose());
        _options.Dispose();
    }

    private void ReadText()
    {
        _graphs.TextConditioner.Run(_options, ["token_ids"], [_ids.Value], ["embeddings"], [_rows.Value]);
        var slots = _graphs.FlowSlots;
        _graphs.FlowLmMain.Run(
            _options,
            ["sequence", "text_embeddings", .. slots.Select(s => s.Input)],
            [_noSequence.Value, _rows.Value, .. _flowStates[_flowSet].Select(s => s.Value)],
            ["conditioning", "eos_logit", .. slots.Select(s => s.Output)],
            [_conditioning.Value, _logit.Value, .. _flowStates[1 - _flowSet].Select(s => s.Value)]);
        _flowSet = 1 - _flowSet;
    }

    private void Frame()
    {
        _graphs.FlowLmMain.RunWithBinding(_options, _main[_flowSet]);
        _graphs.FlowLmFlow.RunWithBinding(_options, _flow);
        _graphs.MimiDecoder.RunWithBinding(_options, _codec[_codecSet]);
        (_flowSet, _codecSet) = (1 - _flowSet, 1 - _codecSet);
    }

    private static OrtIoBinding[] Bind(
        InferenceSession session,
        StateSlot[] slots,
        NativeTensor[][] states,
        (string Name, NativeTensor Tensor)[] inputs,
        (string Name, NativeTensor Tensor)[] outputs)
    {
        return [One(states[0], states[1]), One(states[1], states[0])];

        OrtIoBinding One(NativeTensor[] from, NativeTensor[] to)
        {
            var binding = session.CreateIoBinding();
            Array.ForEach(inputs, input => binding.BindInput(input.Name, input.Tensor.Value));
            Array.ForEach(outputs, output => binding.BindOutput(output.Name, output.Tensor.Value));
            for (var i = 0; i < slots.Length; i++)
            {
                binding.BindInput(slots[i].Input, (slots[i].IsConstant ? states[0] : from)[i].Value);
                if (!slots[i].IsConstant)
                    binding.BindOutput(slots[i].Output, to[i].Value);
            }

            return binding;
        }
    }

    private static NativeTensor[] States(StateSlot[] slots) => Array.ConvertAll(slots, s => s.CreateTensor());

    private static NativeTensor Floats(params long[] shape) => new(TensorElementType.Float, shape);
}
