using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace PocketTts.Onnx;

/// <summary>The sessions of one model, checked against each other; sizes come from the graphs, not from constants.</summary>
/// <remarks>Thread-safe: sessions may run on many threads at once.</remarks>
internal sealed class SpeechGraphs : IDisposable
{
    private const int CacheTimeAxis = 2;
    private static readonly string[] Stems = ["text_conditioner", "mimi_encoder", "flow_lm_main", "flow_lm_flow", "mimi_decoder"];
    private readonly List<InferenceSession> _sessions;

    private SpeechGraphs(List<InferenceSession> sessions) => _sessions = sessions;

    public required InferenceSession TextConditioner { get; init; }

    /// <summary><see langword="null"/> if the model was published without voice cloning.</summary>
    public required InferenceSession? MimiEncoder { get; init; }

    public required InferenceSession FlowLmMain { get; init; }

    public required InferenceSession FlowLmFlow { get; init; }

    public required InferenceSession MimiDecoder { get; init; }

    public required StateSlot[] FlowSlots { get; init; }

    public required StateSlot[] MimiSlots { get; init; }

    public required int LatentSize { get; init; }

    public required int ModelSize { get; init; }

    /// <summary>Positions (voice, text and frames together) that the caches hold.</summary>
    public required int Capacity { get; init; }

    public RunOptions RunOptions { get; } = new();

    /// <exception cref="FileNotFoundException">A graph is missing.</exception>
    /// <exception cref="InvalidDataException">A graph is not what <c>bundle.json</c> or the others say.</exception>
    public static SpeechGraphs Open(BundleFiles files, BundleManifest manifest, ModelPrecision precision, int threads, LoadReport report)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };

        // Threads that spin for work slow a busy machine down several times over.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");

        var sessions = new List<InferenceSession>();
        try
        {
            return Check(sessions, files, manifest, precision, options, report);
        }
        catch
        {
            sessions.ForEach(s => s.Dispose());
            throw;
        }
    }

    /// <summary>How many graph files there are to load.</summary>
    public static int CountFiles(BundleFiles files, ModelPrecision precision) => Stems.Count(graph => FileOf(files, graph, precision) is not null);

    /// <summary>The shape of an output when the graph makes one frame; sizes that differ from run to run are 1, except the last.</summary>
    public static long[] SingleFrameShape(InferenceSession session, string output, int last)
    {
        var shape = Array.ConvertAll(session.OutputMetadata[output].Dimensions, d => d < 0 ? 1L : d);
        shape[^1] = last;
        return shape;
    }

    public void Dispose()
    {
        _sessions.ForEach(s => s.Dispose());
        RunOptions.Dispose();
    }

    private static SpeechGraphs Check(
        List<InferenceSession> sessions, BundleFiles files, BundleManifest manifest, ModelPrecision precision, SessionOptions options, LoadReport report)
    {
        var text = Open("text_conditioner", ["token_ids"], ["embeddings"])!;
        var encoder = Open("mimi_encoder", ["audio"], [], isOptional: true);
        var main = Open("flow_lm_main", ["sequence", "text_embeddings"], ["conditioning", "eos_logit"])!;
        var flow = Open("flow_lm_flow", ["c", "s", "t", "x"], ["flow_dir"])!;
        var decoder = Open("mimi_decoder", ["latent"], ["audio_frame"])!;

        var latentSize = LastSize(main, "flow_lm_main", "sequence");
        var modelSize = LastSize(main, "flow_lm_main", "text_embeddings");
        Expect(manifest.LatentDim, latentSize, "latent_dim");
        Expect(manifest.ConditioningDim, modelSize, "conditioning_dim");
        var slots = StateSlot.Read(main, "flow_lm_main", manifest.FlowLmStateManifest);
        return new SpeechGraphs(sessions)
        {
            TextConditioner = text,
            MimiEncoder = encoder,
            FlowLmMain = main,
            FlowLmFlow = flow,
            MimiDecoder = decoder,
            FlowSlots = slots,
            MimiSlots = StateSlot.Read(decoder, "mimi_decoder", manifest.MimiStateManifest),
            LatentSize = latentSize,
            ModelSize = modelSize,
            Capacity = CheckFlowSlots(slots),
        };

        InferenceSession? Open(string graph, string[] inputs, string[] outputs, bool isOptional = false)
        {
            if (FileOf(files, graph, precision) is not { } file)
            {
                return isOptional ? null : throw new FileNotFoundException(
                    $"The model in {files.Location} lacks '{graph}.onnx'" + (precision == ModelPrecision.Float32 ? "." : $" and '{graph}_int8.onnx'."), $"{graph}.onnx");
            }

            InferenceSession session;
            try
            {
                session = files.OpenSession(file, options);
            }
            catch (OnnxRuntimeException e)
            {
                throw new InvalidDataException($"ONNX Runtime cannot load '{files.Describe(file)}': {e.Message}", e);
            }

            sessions.Add(session);
            var missing = inputs.Where(n => !session.InputMetadata.ContainsKey(n)).Concat(outputs.Where(n => !session.OutputMetadata.ContainsKey(n))).ToArray();
            if (missing.Length > 0)
            {
                throw new InvalidDataException(
                    $"'{files.Describe(file)}' has no input or output '{string.Join("', '", missing)}'; "
                    + $"it has {string.Join(", ", session.InputMetadata.Keys)} → {string.Join(", ", session.OutputMetadata.Keys)}.");
            }

            report.Loaded(file);
            return session;
        }

        void Expect(int stated, int found, string key)
        {
            if (stated != 0 && stated != found)
                throw new InvalidDataException($"'{files.Describe(BundleManifest.FileName)}' says {key} {stated}, but flow_lm_main has {found}.");
        }
    }

    private static string? FileOf(BundleFiles files, string graph, ModelPrecision precision)
    {
        string single = $"{graph}.onnx", quantized = $"{graph}_int8.onnx";
        string[] candidates = precision switch
        {
            ModelPrecision.Float32 => [single],
            ModelPrecision.Int8 => [quantized, single],
            _ => [single, quantized],
        };
        return Array.Find(candidates, files.Contains);
    }

    private static int LastSize(InferenceSession session, string graph, string input)
    {
        var shape = session.InputMetadata[input].Dimensions;
        return shape is [.., > 0]
            ? shape[^1]
            : throw new InvalidDataException($"{graph}: the last dimension of '{input}' must be fixed, but its shape is [{string.Join(", ", shape)}].");
    }

    private static int CheckFlowSlots(StateSlot[] slots)
    {
        foreach (var slot in slots)
        {
            var isKnown = (slot.IsCache && slot is { Type: TensorElementType.Float, Shape.Length: 5 })
                || (slot.IsPosition && slot is { Type: TensorElementType.Int64, Shape: [1] })
                || slot.Shape.Contains(0);
            if (!isKnown)
            {
                throw new InvalidDataException(
                    $"flow_lm_main: state '{slot.Input}' ('{slot.Key}') is {slot.Type} [{string.Join(", ", slot.Shape)}]; "
                    + "expected 'cache' Float [2, 1, positions, heads, size], 'step' Int64 [1] or an empty state.");
            }
        }

        var capacities = slots.Where(s => s.IsCache).Select(s => s.Shape[CacheTimeAxis]).Distinct().ToArray();
        return capacities is [var capacity and > 0]
            ? (int)capacity
            : throw new InvalidDataException($"flow_lm_main: the caches must all hold the same number of positions, but hold [{string.Join(", ", capacities)}].");
    }
}
