using Microsoft.ML.OnnxRuntime;

namespace PocketTts.Onnx;

/// <summary>
/// A graph with states, run over and over: it reads one set of states, writes the other, and the two change places. Everything is bound once,
/// so a step allocates nothing. States that never change are one tensor, which is only read; caches that only grow are one, too, where the graph
/// may write its output over its input.
/// </summary>
/// <remarks>Single caller. The tensors given to the constructor stay the caller's.</remarks>
internal sealed class StatefulGraph : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions;
    private readonly StateSlot[] _slots;
    private readonly (string Name, NativeTensor Tensor)[] _outputs;
    private NativeTensor[] _current;
    private NativeTensor[] _next;
    private OrtIoBinding _step;
    private OrtIoBinding _stepBack;

    public StatefulGraph(
        InferenceSession session, RunOptions runOptions, StateSlot[] slots, (string Name, NativeTensor Tensor)[] inputs, (string Name, NativeTensor Tensor)[] outputs)
    {
        _session = session;
        _runOptions = runOptions;
        _slots = slots;
        _outputs = outputs;
        _current = Array.ConvertAll(slots, s => s.CreateTensor());
        _next = [.. slots.Select((slot, i) => slot.IsConstant || slot.IsInPlace ? _current[i] : slot.CreateTensor())];
        for (var i = 0; i < slots.Length; i++)
            slots[i].Reset(_current[i]);
        _step = Bind(inputs, _current, _next);
        _stepBack = Bind(inputs, _next, _current);
    }

    /// <summary>The states, in the order of the slots, as the next run reads them.</summary>
    public IReadOnlyList<NativeTensor> States => _current;

    /// <summary>A run failed or was terminated, and may have left something in a state that is written in place.</summary>
    public bool IsTorn { get; private set; }

    public void Reset()
    {
        IsTorn = false;
        for (var i = 0; i < _slots.Length; i++)
        {
            if (!_slots[i].IsConstant)
                _slots[i].Reset(_current[i]);
        }
    }

    /// <summary>Runs with the inputs and outputs of the constructor.</summary>
    public void Step()
    {
        IsTorn = true;
        _session.RunWithBinding(_runOptions, _step);
        ChangePlaces();
    }

    /// <summary>Runs once with other inputs, for example with another length.</summary>
    public void Run((string Name, NativeTensor Tensor)[] inputs)
    {
        string[] inputNames = [.. inputs.Select(i => i.Name), .. _slots.Select(s => s.Input)];
        OrtValue[] inputValues = [.. inputs.Select(i => i.Tensor.Value), .. _current.Select(t => t.Value)];
        string[] outputNames = [.. _outputs.Select(o => o.Name), .. _slots.Where(s => !s.IsConstant).Select(s => s.Output)];
        OrtValue[] outputValues = [.. _outputs.Select(o => o.Tensor.Value), .. _next.Where((_, i) => !_slots[i].IsConstant).Select(t => t.Value)];
        IsTorn = true;
        _session.Run(_runOptions, inputNames, inputValues, outputNames, outputValues);
        ChangePlaces();
    }

    public void Dispose()
    {
        _step.Dispose();
        _stepBack.Dispose();
        foreach (var tensor in _current.Concat(_next).Distinct())
            tensor.Dispose();
    }

    private OrtIoBinding Bind((string Name, NativeTensor Tensor)[] inputs, NativeTensor[] from, NativeTensor[] to)
    {
        var binding = _session.CreateIoBinding();
        foreach (var (name, tensor) in inputs)
            binding.BindInput(name, tensor.Value);
        foreach (var (name, tensor) in _outputs)
            binding.BindOutput(name, tensor.Value);
        for (var i = 0; i < _slots.Length; i++)
        {
            binding.BindInput(_slots[i].Input, from[i].Value);
            if (!_slots[i].IsConstant)
                binding.BindOutput(_slots[i].Output, to[i].Value);
        }

        return binding;
    }

    private void ChangePlaces()
    {
        IsTorn = false;
        (_current, _next) = (_next, _current);
        (_step, _stepBack) = (_stepBack, _step);
    }
}
