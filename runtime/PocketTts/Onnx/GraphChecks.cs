using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace PocketTts.Onnx;

/// <summary>What must be true of the five graphs before they speak. Each error names the graph, the tensor, and what was expected.</summary>
internal sealed class GraphChecks(BundleManifest manifest, string manifestLocation)
{
    private const string Sequence = "sequence", TextRows = "text_embeddings", Conditioning = "conditioning", EosLogit = "eos_logit";
    private const TensorElementType Float = TensorElementType.Float, Integer = TensorElementType.Int64;

    // Where several ranks are given, the exports differ.
    private static readonly Dictionary<string, (string Name, bool IsInput, TensorElementType Type, int[] Ranks)[]> Signatures = new()
    {
        [GraphNames.TextConditioner] = [("token_ids", true, Integer, [2]), ("embeddings", false, Float, [2, 3])],
        [GraphNames.MimiEncoder] = [("audio", true, Float, [3])],
        [GraphNames.FlowLmMain] =
            [(Sequence, true, Float, [3]), (TextRows, true, Float, [3]), (Conditioning, false, Float, [1, 2, 3]), (EosLogit, false, Float, [1, 2, 3])],
        [GraphNames.FlowLmFlow] =
            [("c", true, Float, [1, 2, 3]), ("s", true, Float, [2]), ("t", true, Float, [2]), ("x", true, Float, [2]), ("flow_dir", false, Float, [2])],
        [GraphNames.MimiDecoder] = [("latent", true, Float, [3]), ("audio_frame", false, Float, [1, 2, 3])],
    };

    /// <exception cref="InvalidDataException">An input or output is missing, or of another type or rank.</exception>
    public static void Signature(InferenceSession session, string graph, string location)
    {
        var expected = Signatures[graph];
        var missing = expected.Where(e => !Tensors(e.IsInput).ContainsKey(e.Name)).Select(e => e.Name).ToArray();
        if (missing.Length > 0)
        {
            throw new InvalidDataException(
                $"'{location}' has no input or output '{string.Join("', '", missing)}'; "
                + $"it has {string.Join(", ", session.InputMetadata.Keys)} → {string.Join(", ", session.OutputMetadata.Keys)}.");
        }

        foreach (var (name, isInput, type, ranks) in expected)
        {
            var found = Tensors(isInput)[name];
            var isFitting = ranks.Contains(found.Dimensions.Length) || (!isInput && IsUnstated(found));
            if (found.ElementDataType != type || !isFitting)
            {
                throw new InvalidDataException(
                    $"'{location}': '{name}' is {found.ElementDataType} [{string.Join(", ", found.Dimensions)}]; "
                    + $"expected {type} of rank {string.Join(" or ", ranks)}.");
            }
        }

        IReadOnlyDictionary<string, NodeMetadata> Tensors(bool isInput) => isInput ? session.InputMetadata : session.OutputMetadata;
    }

    /// <returns>The sizes of a latent and of a row of the model.</returns>
    /// <exception cref="InvalidDataException">The graphs or the manifest disagree.</exception>
    public (int Latent, int Model) Sizes(
        InferenceSession text, InferenceSession? encoder, InferenceSession main, InferenceSession flow, InferenceSession decoder)
    {
        var latent = LastSize(main, Sequence);
        var model = LastSize(main, TextRows);
        Agree(manifest.LatentDim, latent, "latent_dim");
        Agree(manifest.ConditioningDim, model, "conditioning_dim");
        Same(GraphNames.TextConditioner, "embeddings", text.OutputMetadata["embeddings"], model);
        Same(GraphNames.FlowLmMain, Conditioning, main.OutputMetadata[Conditioning], model);
        Same(GraphNames.FlowLmFlow, "c", flow.InputMetadata["c"], model);
        Same(GraphNames.FlowLmFlow, "x", flow.InputMetadata["x"], latent);
        Same(GraphNames.FlowLmFlow, "flow_dir", flow.OutputMetadata["flow_dir"], latent);
        Same(GraphNames.MimiDecoder, "latent", decoder.InputMetadata["latent"], latent);
        if (encoder is not null)
            Same(GraphNames.MimiEncoder, encoder.OutputNames[0], encoder.OutputMetadata[encoder.OutputNames[0]], model);
        return (latent, model);

        static void Same(string graph, string tensor, NodeMetadata found, int expected)
        {
            if (!IsUnstated(found) && found.Dimensions[^1] >= 0 && found.Dimensions[^1] != expected)
            {
                throw new InvalidDataException(
                    $"{graph}: '{tensor}' has shape [{string.Join(", ", found.Dimensions)}], but flow_lm_main needs {expected} as its last size; "
                    + "the graphs are not of one export.");
            }
        }

        void Agree(int stated, int found, string key)
        {
            if (stated != 0 && stated != found)
                throw new InvalidDataException($"'{manifestLocation}' says {key} {stated}, but flow_lm_main has {found}.");
        }
    }

    /// <returns>How many positions the caches hold.</returns>
    /// <exception cref="InvalidDataException">A state is none that the engine can fill, or they do not fit each other.</exception>
    public static int Caches(StateSlot[] slots)
    {
        foreach (var slot in slots)
        {
            var isKnown = slot switch
            {
                { Key: StateSlot.PackedCache } => slot.Type == Float && slot.Shape is [2, 1, > 0, > 0, > 0],
                { IsCache: true } => slot.Type is Float or TensorElementType.Float16 && slot.Shape is [1, > 0, > 0, > 0],
                { IsPosition: true } => slot is { Type: Integer, Shape: [1] },
                _ => slot.Shape.Contains(0),
            };
            if (!isKnown)
            {
                throw new InvalidDataException(
                    $"flow_lm_main: state '{slot.Input}' ('{slot.Key}') is {slot.Type} [{string.Join(", ", slot.Shape)}]; expected 'cache' Float "
                    + "[2, 1, positions, heads, size], or 'cache_k' and 'cache_v' [1, positions, heads, size], 'step' Int64 [1] and empty states.");
            }
        }

        var capacities = slots.Where(s => s.IsCache).Select(s => s.Capacity).Distinct().ToArray();
        return capacities is [var capacity]
            ? capacity
            : throw new InvalidDataException($"flow_lm_main: the caches must all hold the same number of positions, but hold [{string.Join(", ", capacities)}].");
    }

    /// <summary>Outputs may have a shape that the exporter could not tell; one without dimensions is none of a model's.</summary>
    public static bool IsUnstated(NodeMetadata output) => output.Dimensions.Length == 0;

    private static int LastSize(InferenceSession main, string input)
    {
        var shape = main.InputMetadata[input].Dimensions;
        return shape[^1] > 0
            ? shape[^1]
            : throw new InvalidDataException($"flow_lm_main: the last dimension of '{input}' must be fixed, but its shape is [{string.Join(", ", shape)}].");
    }
}
