using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using PocketTts;
using PocketTts.Onnx;
using PocketTts.Voices;

namespace MigrationKit.Benchmarks;

/// <summary>
/// The calls of ONNX Runtime that a generation cannot do without, in their order, and nothing else: no text, noise, checks, queues or audio.
/// Two sets of states that change places, bound once; states that pass through are not fetched, caches that only grow are written in place, and
/// latents are decoded in the same blocks.
/// </summary>
internal sealed class TtsBareRuns : IDisposable
{
    private readonly SpeechGraphs _graphs;
    private readonly FlowSnapshot _voice;
    private readonly RunOptions _options = new();
    private readonly NativeTensor _ids, _rows, _sequence, _noSequence, _noText, _conditioning, _logit, _noise, _direction, _from, _to, _latent, _audio;
    private readonly NativeTensor[][] _flowStates, _codecStates;
    private readonly List<OrtValue> _views = [];
    private readonly OrtIoBinding[] _main;
    private readonly OrtIoBinding[][] _codec; // for each number of latents at once
    private readonly OrtIoBinding _flow;
    private int _flowSet, _codecSet;

    public TtsBareRuns(SpeechGraphs graphs, FlowSnapshot voice, IReadOnlyList<long> ids)
    {
        (_graphs, _voice) = (graphs, voice);
        _ids = new NativeTensor(TensorElementType.Int64, 1, ids.Count);
        for (var i = 0; i < ids.Count; i++)
            _ids.Integers[i] = ids[i];
        _rows = Floats(1, ids.Count, graphs.ModelSize);
        var most = graphs.MostFramesPerDecode;
        (_sequence, _latent) = (Floats(1, 1, graphs.LatentSize), Floats(1, most, graphs.LatentSize));
        (_noSequence, _noText) = (Floats(1, 0, graphs.LatentSize), Floats(1, 0, graphs.ModelSize));
        (_conditioning, _logit) = (Floats(1, graphs.ModelSize), Floats(1, 1));
        (_noise, _direction) = (Floats(1, graphs.LatentSize), Floats(1, graphs.LatentSize));
        (_from, _to) = (Floats(1, 1), Floats(1, 1));
        _audio = Floats([.. graphs.AudioShape[..^1], graphs.AudioShape[^1] * most]);
        foreach (var values in (NativeTensor[])[_sequence, _latent, _noise, _to])
            values.Floats.Fill(0.5f);

        _flowStates = [States(graphs.FlowSlots), States(graphs.FlowSlots)];
        _codecStates = [States(graphs.MimiSlots), States(graphs.MimiSlots)];
        _main = Bind(graphs.FlowLmMain, graphs.FlowSlots, _flowStates,
            [("sequence", _sequence.Value), ("text_embeddings", _noText.Value)], [("conditioning", _conditioning.Value), ("eos_logit", _logit.Value)]);
        _codec =
        [
            .. Enumerable.Range(1, most).Select(frames => Bind(
                graphs.MimiDecoder, graphs.MimiSlots, _codecStates,
                [("latent", View(_latent, 1, frames, graphs.LatentSize))],
                [("audio_frame", View(_audio, [.. graphs.AudioShape[..^1], graphs.AudioShape[^1] * frames]))])),
        ];
        _flow = graphs.FlowLmFlow.CreateIoBinding();
        foreach (var (name, tensor) in ((string, NativeTensor)[])[("c", _conditioning), ("s", _from), ("t", _to), ("x", _noise)])
            _flow.BindInput(name, tensor.Value);
        _flow.BindOutput("flow_dir", _direction.Value);
    }

    /// <summary>Puts the voice back; not to be timed.</summary>
    public void Restore()
    {
        var states = _graphs.FlowSlots.Select((slot, i) => (slot.IsInPlace ? _flowStates[0] : _flowStates[_flowSet])[i]).ToArray();
        _voice.Restore(_graphs.FlowSlots, states);
        for (var i = 0; i < _graphs.MimiSlots.Length; i++)
            _graphs.MimiSlots[i].Reset(_codecStates[_codecSet][i]);
    }

    public void Speak(int frames)
    {
        ReadText();
        for (var made = 0; made < frames;)
        {
            var block = Math.Min(DecodeBlocks.SizeAfter(made, _graphs.MostFramesPerDecode), frames - made);
            for (var i = 0; i < block; i++)
                Latent();
            _graphs.MimiDecoder.RunWithBinding(_options, _codec[block - 1][_codecSet]);
            _codecSet = 1 - _codecSet;
            made += block;
        }
    }

    public void Dispose()
    {
        foreach (var binding in (OrtIoBinding[])[.. _main, .. _codec.SelectMany(b => b), _flow])
            binding.Dispose();
        NativeTensor[] tensors =
        [
            _ids, _rows, _sequence, _noSequence, _noText, _conditioning, _logit, _noise, _direction, _from, _to, _latent, _audio,
            .. _flowStates[0], .. _flowStates[1], .. _codecStates[0], .. _codecStates[1],
        ];
        _views.ForEach(v => v.Dispose());
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
            [_noSequence.Value, _rows.Value, .. slots.Select((s, i) => (s.IsConstant || s.IsInPlace ? _flowStates[0] : _flowStates[_flowSet])[i].Value)],
            ["conditioning", "eos_logit", .. slots.Where(s => !s.IsConstant).Select(s => s.Output)],
            [
                _conditioning.Value, _logit.Value,
                .. slots.Select((s, i) => (s, (s.IsInPlace ? _flowStates[0] : _flowStates[1 - _flowSet])[i])).Where(s => !s.s.IsConstant).Select(s => s.Item2.Value),
            ]);
        _flowSet = 1 - _flowSet;
    }

    private void Latent()
    {
        _graphs.FlowLmMain.RunWithBinding(_options, _main[_flowSet]);
        _graphs.FlowLmFlow.RunWithBinding(_options, _flow);
        _flowSet = 1 - _flowSet;
    }

    private static OrtIoBinding[] Bind(
        InferenceSession session,
        StateSlot[] slots,
        NativeTensor[][] states,
        (string Name, OrtValue Value)[] inputs,
        (string Name, OrtValue Value)[] outputs)
    {
        return [One(states[0], states[1]), One(states[1], states[0])];

        OrtIoBinding One(NativeTensor[] from, NativeTensor[] to)
        {
            var binding = session.CreateIoBinding();
            Array.ForEach(inputs, input => binding.BindInput(input.Name, input.Value));
            Array.ForEach(outputs, output => binding.BindOutput(output.Name, output.Value));
            for (var i = 0; i < slots.Length; i++)
            {
                var isOne = slots[i].IsConstant || slots[i].IsInPlace;
                binding.BindInput(slots[i].Input, (isOne ? states[0] : from)[i].Value);
                if (!slots[i].IsConstant)
                    binding.BindOutput(slots[i].Output, (isOne ? states[0] : to)[i].Value);
            }

            return binding;
        }
    }

    private OrtValue View(NativeTensor tensor, params long[] shape)
    {
        var view = tensor.ViewAs(shape);
        _views.Add(view);
        return view;
    }

    private static NativeTensor[] States(StateSlot[] slots) => Array.ConvertAll(slots, s => s.CreateTensor());

    private static NativeTensor Floats(params long[] shape) => new(TensorElementType.Float, shape);
}
