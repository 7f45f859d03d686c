using Microsoft.ML.OnnxRuntime;

namespace PocketTts.Onnx;

/// <summary>The sessions of one model, checked against each other; sizes come from the graphs, not from constants.</summary>
/// <remarks>Thread-safe: sessions may run on many threads at once.</remarks>
internal sealed class SpeechGraphs : IDisposable
{
    private readonly GraphSessions _sessions;

    private SpeechGraphs(GraphSessions sessions) => _sessions = sessions;

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

    /// <summary>Of what the decoder gives for a latent.</summary>
    public required long[] AudioShape { get; init; }

    /// <summary>How many latents the decoder takes at once without giving other samples.</summary>
    public required int MostFramesPerDecode { get; init; }

    public int SamplesPerFrame => (int)AudioShape.Aggregate(1L, (product, size) => product * size);

    public RunOptions RunOptions { get; } = new();

    /// <exception cref="FileNotFoundException">A graph is missing.</exception>
    /// <exception cref="InvalidDataException">A graph is not what <c>bundle.json</c> or the others say.</exception>
    public static SpeechGraphs Open(BundleFiles files, ModelLayout layout, TtsModelOptions model, LoadReport report)
    {
        var sessions = new GraphSessions(files, layout, model, report);
        try
        {
            return Assemble(sessions, layout, files.Describe(BundleManifest.FileName));
        }
        catch
        {
            sessions.Dispose();
            throw;
        }
    }

    /// <summary>The shape of an output of <c>flow_lm_main</c> for one position: as it is stated, else of the rank of the flow graph's <c>c</c>.</summary>
    /// <remarks>Sizes that differ from run to run are 1, except the last, which is <paramref name="last"/>.</remarks>
    public long[] MainOutputShape(string output, int last)
    {
        var stated = FlowLmMain.OutputMetadata[output];
        var shape = Array.ConvertAll((GraphChecks.IsUnstated(stated) ? FlowLmFlow.InputMetadata["c"] : stated).Dimensions, _ => 1L);
        shape[^1] = last;
        return shape;
    }

    public void Dispose()
    {
        _sessions.Dispose();
        RunOptions.Dispose();
    }

    private static SpeechGraphs Assemble(GraphSessions sessions, ModelLayout layout, string manifestLocation)
    {
        var checks = new GraphChecks(layout.Manifest, manifestLocation);
        var text = sessions.OpenNeeded(GraphNames.TextConditioner);
        var encoder = sessions.Open(GraphNames.MimiEncoder);
        var main = sessions.OpenNeeded(GraphNames.FlowLmMain);
        var flow = sessions.OpenNeeded(GraphNames.FlowLmFlow);
        var decoder = sessions.OpenNeeded(GraphNames.MimiDecoder);

        var flowSlots = layout.HasManifest
            ? StateReader.Read(main, GraphNames.FlowLmMain, layout.Manifest.FlowLmStateManifest)
            : StateReader.ReadLayers(main, GraphNames.FlowLmMain);
        var mimiSlots = layout.HasManifest
            ? StateReader.Read(decoder, GraphNames.MimiDecoder, layout.Manifest.MimiStateManifest)
            : StateReader.Read(decoder, GraphNames.MimiDecoder);
        var (latentSize, modelSize) = checks.Sizes(text, encoder, main, flow, decoder);
        var marked = sessions.Mark(GraphNames.MimiDecoder, mimiSlots);
        var probe = new CodecProbe(decoder, marked, latentSize);
        return new SpeechGraphs(sessions)
        {
            TextConditioner = text,
            MimiEncoder = encoder,
            FlowLmMain = main,
            FlowLmFlow = flow,
            MimiDecoder = decoder,
            FlowSlots = sessions.Mark(GraphNames.FlowLmMain, flowSlots),
            MimiSlots = marked,
            LatentSize = latentSize,
            ModelSize = modelSize,
            Capacity = GraphChecks.Caches(flowSlots),
            AudioShape = probe.ShapeOfFrame(layout.Manifest.SamplesPerFrame, manifestLocation),
            MostFramesPerDecode = probe.TakesSeveral() ? DecodeBlocks.Most : 1,
        };
    }
}
