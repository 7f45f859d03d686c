using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace PocketTts.Onnx;

/// <summary>Reads the states of a graph from the graph itself; what they mean comes from <c>bundle.json</c>, else from their order.</summary>
internal static class StateReader
{
    private const string InputPrefix = "state_", OutputPrefix = "out_state_";
    private const int StatesPerLayer = 3;

    /// <exception cref="InvalidDataException">The graph and the manifest do not fit, or a state is none that can be run.</exception>
    public static StateSlot[] Read(InferenceSession session, string graph, IReadOnlyList<StateManifestEntry> manifest)
    {
        var count = Count(session, graph);
        if (count != manifest.Count)
            throw new InvalidDataException($"{graph} has {count} states, but bundle.json lists {manifest.Count}; the files are not of one export.");
        return
        [
            .. manifest.OrderBy(e => e.Index).Select(e =>
            {
                var slot = ReadOne(session, graph, e.InputName, e.OutputName) with { Module = e.Module, Key = e.Key, StartsAtOne = e.Fill == "ones" };
                return slot.Shape.SequenceEqual(e.Shape)
                    ? slot
                    : throw new InvalidDataException(
                        $"{graph}: state '{e.InputName}' has shape {Text(slot.Shape)}, but bundle.json says [{string.Join(", ", e.Shape)}].");
            }),
        ];
    }

    /// <summary>For graphs whose states need no meaning: they start at zero and are handed on.</summary>
    public static StateSlot[] Read(InferenceSession session, string graph) =>
        [.. Enumerable.Range(0, Count(session, graph)).Select(i => ReadOne(session, graph, $"{InputPrefix}{i}", $"{OutputPrefix}{i}"))];

    /// <summary>Three a layer: a packed cache, an empty leftover and the position, or split keys, values and the position.</summary>
    public static StateSlot[] ReadLayers(InferenceSession session, string graph)
    {
        var slots = Read(session, graph);
        if (slots.Length == 0 || slots.Length % StatesPerLayer != 0)
            throw new InvalidDataException($"{graph} has {slots.Length} states; expected {StatesPerLayer} for each layer.");

        var modules = LayerModules(slots.Length / StatesPerLayer);
        for (var i = 0; i < slots.Length; i++)
        {
            var isPacked = slots[i - (i % StatesPerLayer)].Shape.Length == StateSlot.PackedRank;
            string[] keys = isPacked
                ? [StateSlot.PackedCache, StateSlot.Unused, StateSlot.Step]
                : [StateSlot.CacheKeys, StateSlot.CacheValues, StateSlot.Step];
            slots[i] = slots[i] with { Module = modules[i / StatesPerLayer], Key = keys[i % StatesPerLayer] };
        }

        return slots;
    }

    /// <summary>The exporters sort the layers by name: 0, 1, 10, 11, …, 2, 20, …</summary>
    public static string[] LayerModules(int layers) =>
        [.. Enumerable.Range(0, layers).Select(l => $"transformer.layers.{l}.self_attn").Order(StringComparer.Ordinal)];

    private static int Count(InferenceSession session, string graph)
    {
        var inputs = session.InputMetadata.Keys.Count(n => n.StartsWith(InputPrefix, StringComparison.Ordinal));
        var outputs = session.OutputMetadata.Keys.Count(n => n.StartsWith(OutputPrefix, StringComparison.Ordinal));
        return inputs == outputs
            ? inputs
            : throw new InvalidDataException($"{graph} takes {inputs} states and gives {outputs}; each '{InputPrefix}i' needs its '{OutputPrefix}i'.");
    }

    private static StateSlot ReadOne(InferenceSession session, string graph, string inputName, string outputName)
    {
        if (!session.InputMetadata.TryGetValue(inputName, out var input))
            throw new InvalidDataException($"{graph} has no input '{inputName}'.");
        if (!session.OutputMetadata.TryGetValue(outputName, out var output))
            throw new InvalidDataException($"{graph} has no output '{outputName}'.");

        var type = input.ElementDataType;
        if (!NativeTensor.Supports(type))
            throw new InvalidDataException($"{graph}: state '{inputName}' is {type}; this version runs states of Float, Float16, Int64 and Bool.");
        if (output.ElementDataType != type)
            throw new InvalidDataException($"{graph}: '{outputName}' is {output.ElementDataType}, but '{inputName}' is {type}.");

        var shape = Array.ConvertAll(input.Dimensions, d => (long)d);
        if (shape.Any(size => size < 0))
            throw new InvalidDataException($"{graph}: state '{inputName}' must have a fixed shape, but has {Text(shape)}.");
        var isSameShape = GraphChecks.IsUnstated(output)
            || (output.Dimensions.Length == shape.Length && shape.Zip(output.Dimensions).All(d => d.Second < 0 || d.First == d.Second));
        if (!isSameShape)
        {
            throw new InvalidDataException(
                $"{graph}: '{outputName}' has shape [{string.Join(", ", output.Dimensions)}], but '{inputName}' {Text(shape)}; exports that give only new rows "
                + "of their caches (delta caches) are not supported.");
        }

        return new StateSlot(inputName, outputName, type, shape, "", "", StartsAtOne: false);
    }

    private static string Text(long[] shape) => $"[{string.Join(", ", shape)}]";
}
