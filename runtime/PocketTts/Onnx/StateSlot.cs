using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace PocketTts.Onnx;

/// <summary>One state of a graph: the output that is the input of the next run.</summary>
/// <param name="Input">Name of the input, <c>state_i</c>.</param>
/// <param name="Output">Name of the output, <c>out_state_i</c>.</param>
/// <param name="Type">Of its elements.</param>
/// <param name="Shape">Fixed; sizes may be 0.</param>
/// <param name="Module">The part of the network it belongs to, from the manifest.</param>
/// <param name="Key">What it holds, from the manifest: <c>cache</c>, <c>step</c>, <c>current_end</c>, …</param>
/// <param name="StartsAtOne">Filled with ones at the start, else with zeros.</param>
internal sealed record StateSlot(string Input, string Output, TensorElementType Type, long[] Shape, string Module, string Key, bool StartsAtOne)
{
    private const string InputPrefix = "state_";

    /// <summary>Attention keys and values: what was read and said, a row per position.</summary>
    public bool IsCache => Key == "cache";

    /// <summary>How many positions are in use.</summary>
    public bool IsPosition => Key is "step" or "offset";

    /// <summary>Reads the states of a graph from the graph itself; the manifest adds what they mean.</summary>
    public static StateSlot[] Read(InferenceSession session, string graph, IReadOnlyList<StateManifestEntry> manifest)
    {
        var names = session.InputMetadata.Keys.Where(n => n.StartsWith(InputPrefix, StringComparison.Ordinal)).ToHashSet();
        if (names.Count != manifest.Count)
            throw new InvalidDataException($"{graph} has {names.Count} states, but bundle.json lists {manifest.Count}; the files are not of one export.");
        return [.. manifest.OrderBy(e => e.Index).Select(e => ReadOne(session, graph, e))];
    }

    public PinnedTensor CreateTensor() => new(Type, Shape);

    public void Reset(PinnedTensor tensor)
    {
        if (!StartsAtOne)
            tensor.Bytes.Clear();
        else if (Type == TensorElementType.Float)
            tensor.Floats.Fill(1);
        else if (Type == TensorElementType.Int64)
            tensor.Integers.Fill(1);
        else
            tensor.Bytes.Fill(1);
    }

    private static StateSlot ReadOne(InferenceSession session, string graph, StateManifestEntry entry)
    {
        if (!session.InputMetadata.TryGetValue(entry.InputName, out var input))
            throw new InvalidDataException($"{graph} has no input '{entry.InputName}', which bundle.json lists.");
        if (!session.OutputMetadata.TryGetValue(entry.OutputName, out var output))
            throw new InvalidDataException($"{graph} has no output '{entry.OutputName}', which bundle.json lists.");

        var type = input.ElementDataType;
        if (!PinnedTensor.Supports(type))
            throw new InvalidDataException($"{graph}: state '{entry.InputName}' is {type}; this version runs states of Float, Int64 and Bool.");
        if (output.ElementDataType != type)
            throw new InvalidDataException($"{graph}: '{entry.OutputName}' is {output.ElementDataType}, but '{entry.InputName}' is {type}.");

        var shape = Array.ConvertAll(input.Dimensions, d => (long)d);
        if (shape.Any(size => size < 0) || !shape.SequenceEqual(entry.Shape))
            throw new InvalidDataException(
                $"{graph}: state '{entry.InputName}' has shape [{string.Join(", ", shape)}], but bundle.json says [{string.Join(", ", entry.Shape)}].");
        return new StateSlot(entry.InputName, entry.OutputName, type, shape, entry.Module, entry.Key, entry.Fill == "ones");
    }
}
