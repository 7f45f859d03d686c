using Microsoft.ML.OnnxRuntime;

namespace PocketTts.Onnx;

/// <summary>
/// A graph with states, run over and over: it reads one set of states, writes the other, and the two change places. Everything is bound once,
/// so a step allocates nothing. States that never change are one tensor, which is only read; caches that only grow are one, too, where the graph
/// may write its output over its input.
/// </summary>
/// <remarks>Single caller. The values that are bound stay the caller's.</remarks>
internal sealed class StatefulGraph : IDisposable
{
    private readonly InferenceSession _session;
    private readonly RunOptions _runOptions;
    private readonly StateSlot[] _slots;
    private readonly List<(OrtIoBinding There, OrtIoBinding Back)> _bindings = [];
    private NativeTensor[] _current;
    private NativeTensor[] _next;
    private bool _isBack;

    public StatefulGraph(InferenceSession session, RunOptions runOptions, StateSlot[] slots)
    {
        _session = session;
        _runOptions = runOptions;
        _slots = slots;
        _current = Array.ConvertAll(slots, s => s.CreateTensor());
        _next = [.. slots.Select((slot, i) => slot.IsConstant || slot.IsInPlace ? _current[i] : slot.CreateTensor())];
        for (var i = 0; i < slots.Length; i++)
            slots[i].Reset(_current[i]);
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

    /// <summary>Binds inputs and outputs for <see cref="Step"/>; before the first run.</summary>
    public void Bind((string Name, OrtValue Value)[] inputs, (string Name, OrtValue Value)[] outputs) =>
        _bindings.Add((Bind(inputs, outputs, _current, _next), Bind(inputs, outputs, _next, _current)));

    /// <summary>Runs with the inputs and outputs that were bound first, or as the number says.</summary>
    public void Step(int binding = 0)
    {
        var (there, back) = _bindings[binding];
        IsTorn = true;
        _session.RunWithBinding(_runOptions, _isBack ? back : there);
        ChangePlaces();
    }

    /// <summary>Runs once with other inputs, for example of another length.</summary>
    public void Run((string Name, OrtValue Value)[] inputs, (string Name, OrtValue Value)[] outputs)
    {
        string[] inputNames = [.. inputs.Select(i => i.Name), .. _slots.Select(s => s.Input)];
        OrtValue[] inputValues = [.. inputs.Select(i => i.Value), .. _current.Select(t => t.Value)];
        string[] outputNames = [.. outputs.Select(o => o.Name), .. _slots.Where(s => !s.IsConstant).Select(s => s.Output)];
        OrtValue[] outputValues = [.. outputs.Select(o => o.Value), .. _next.Where((_, i) => !_slots[i].IsConstant).Select(t => t.Value)];
        IsTorn = true;
        _session.Run(_runOptions, inputNames, inputValues, outputNames, outputValues);
        ChangePlaces();
    }

    public void Dispose()
    {
        foreach (var (there, back) in _bindings)
        {
            there.Dispose();
            back.Dispose();
        }

        foreach (var tensor in _current.Concat(_next).Distinct())
            tensor.Dispose();
    }

    private OrtIoBinding Bind(
        (string Name, OrtValue Value)[] inputs, (string Name, OrtValue Value)[] outputs, NativeTensor[] from, NativeTensor[] to)
    {
        var binding = _session.CreateIoBinding();
        foreach (var (name, value) in inputs)
            binding.BindInput(name, value);
        foreach (var (name, value) in outputs)
            binding.BindOutput(name, value);
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
        _isBack = !_isBack;
    }
}
