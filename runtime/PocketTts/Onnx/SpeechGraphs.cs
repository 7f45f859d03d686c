using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace PocketTts.Onnx;

/// <summary>The sessions of one model, checked against each other; sizes come from the graphs, not from constants.</summary>
/// <remarks>Thread-safe: sessions may run on many threads at once.</remarks>
internal sealed class SpeechGraphs : IDisposable
{
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

    /// <summary>What the decoder gives for a latent.</summary>
    public required int SamplesPerFrame { get; init; }

    public RunOptions RunOptions { get; } = new();

    /// <exception cref="FileNotFoundException">A graph is missing.</exception>
    /// <exception cref="InvalidDataException">A graph is not what <c>bundle.json</c> or the others say.</exception>
    public static SpeechGraphs Open(BundleFiles files, ModelLayout layout, TtsModelOptions model, LoadReport report)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = model.Threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };

        // Threads that spin for work slow a busy machine down several times over.
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");

        var sessions = new List<InferenceSession>();
        try
        {
            return Build(sessions, new GraphChecks(layout.Manifest, files.Describe(BundleManifest.FileName)), layout.HasManifest, OpenOne);
        }
        catch
        {
            sessions.ForEach(s => s.Dispose());
            throw;
        }

        InferenceSession? OpenOne(string graph)
        {
            if (layout.FileOf(files, graph, model.Precision) is not { } file)
                return null;
            var session = files.OpenSession(file, options);
            sessions.Add(session);
            GraphChecks.Signature(session, graph, files.Describe(file));
            report.Loaded(file);
            return session;
        }

        SpeechGraphs Build(List<InferenceSession> opened, GraphChecks checks, bool hasManifest, Func<string, InferenceSession?> open)
        {
            var text = Needed(GraphNames.TextConditioner);
            var encoder = open(GraphNames.MimiEncoder);
            var main = Needed(GraphNames.FlowLmMain);
            var flow = Needed(GraphNames.FlowLmFlow);
            var decoder = Needed(GraphNames.MimiDecoder);
            var manifest = layout.Manifest;
            var flowSlots = hasManifest
                ? StateReader.Read(main, GraphNames.FlowLmMain, manifest.FlowLmStateManifest)
                : StateReader.ReadLayers(main, GraphNames.FlowLmMain);
            var mimiSlots = hasManifest
                ? StateReader.Read(decoder, GraphNames.MimiDecoder, manifest.MimiStateManifest)
                : StateReader.Read(decoder, GraphNames.MimiDecoder);
            var (latentSize, modelSize) = checks.Sizes(text, encoder, main, flow, decoder);
            return new SpeechGraphs(opened)
            {
                TextConditioner = text,
                MimiEncoder = encoder,
                FlowLmMain = main,
                FlowLmFlow = flow,
                MimiDecoder = decoder,
                FlowSlots = flowSlots,
                MimiSlots = mimiSlots,
                LatentSize = latentSize,
                ModelSize = modelSize,
                Capacity = GraphChecks.Caches(flowSlots),
                SamplesPerFrame = checks.DecodeOnce(decoder, mimiSlots, latentSize),
            };

            InferenceSession Needed(string graph)
            {
                if (open(graph) is { } session)
                    return session;
                var stem = layout.Folder + layout.StemOf(graph);
                throw new FileNotFoundException(
                    $"The model in {files.Location} lacks '{stem}.onnx'" + (model.Precision == ModelPrecision.Float32 ? "." : " and its 8-bit form."), $"{stem}.onnx");
            }
        }
    }

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
}
