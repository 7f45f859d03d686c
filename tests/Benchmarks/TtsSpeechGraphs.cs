using Microsoft.ML.OnnxRuntime.Tensors;

namespace MigrationKit.Benchmarks;

/// <summary>
/// The four graphs of January 2026 before the codec, at their real size (6 layers, 1024 wide, 1000 positions) and with random weights: the
/// published names, types and shapes, and the operations that cost time.
/// </summary>
internal static class TtsSpeechGraphs
{
    public const int Vocabulary = 4000, SamplesPerFrame = 1920, LatentSize = 32;
    private const int Width = 1024, Heads = 16, HeadSize = 64, Layers = 6, Inner = 4096, Capacity = 1000;
    private const int FlowWidth = 512, FlowBlocks = 6, TimeSize = 256;

    public static byte[] TextConditioner()
    {
        var b = new TtsGraphBuilder("text_conditioner", seed: 1);
        var ids = b.Graph.Input("token_ids", TtsGraphBuilder.Integer, 1, "seq_len");
        b.Graph.Output("embeddings", b.Graph.Op("Gather", [b.Weights(3, Vocabulary + 1, Width), ids], ("axis", 0)), TtsGraphBuilder.Float, 1, "seq_len", Width);
        return b.Graph.ToModel();
    }

    /// <summary>One layer only: voices are made before anything is measured.</summary>
    public static byte[] Encoder()
    {
        var b = new TtsGraphBuilder("mimi_encoder", seed: 2);
        var g = b.Graph;
        var audio = g.Input("audio", TtsGraphBuilder.Float, 1, 1, "audio_len");
        var frame = g.Constant((long)SamplesPerFrame);
        var length = b.Slice(g.Op("Shape", audio), 2, 3, 0);
        var padding = g.Op("Mod", g.Op("Sub", frame, g.Op("Mod", length, frame)), frame);
        var padded = g.Op("Pad", audio, g.Op("Concat", [g.Constant([0L, 0, 0, 0, 0], 5), padding], ("axis", 0)));
        var rows = b.Linear(b.Reshape(padded, 1, -1, SamplesPerFrame), SamplesPerFrame, Width);
        g.Output("latents", rows, TtsGraphBuilder.Float, 1, "frames", Width);
        return g.ToModel();
    }

    /// <param name="endPosition">The position at which the end of speech is seen, whatever was said before.</param>
    public static byte[] SpeechModel(int endPosition)
    {
        var b = new TtsGraphBuilder("flow_lm_main", seed: 3);
        var g = b.Graph;
        var sequence = g.Input("sequence", TtsGraphBuilder.Float, 1, "seq_len", LatentSize);
        var text = g.Input("text_embeddings", TtsGraphBuilder.Float, 1, "text_len", Width);
        for (var layer = 0; layer < Layers; layer++)
        {
            g.Input($"state_{3 * layer}", TtsGraphBuilder.Float, 2, 1, Capacity, Heads, HeadSize);
            g.Input($"state_{(3 * layer) + 1}", TtsGraphBuilder.Float, 0);
            g.Input($"state_{(3 * layer) + 2}", TtsGraphBuilder.Integer, 1);
        }

        var latent = g.Op("Where", g.Op("IsNaN", sequence), b.Weights(3, LatentSize), sequence);
        var x = g.Op("Concat", [text, b.Linear(latent, LatentSize, Width)], ("axis", 1));
        var count = b.Slice(g.Op("Shape", x), 1, 2, 0);
        var end = g.Op("Add", "state_2", count);
        var positions = b.Positions("state_2", count);
        var all = b.Positions(g.Constant(0L), end);
        var isSeen = g.Op("LessOrEqual", g.Op("Unsqueeze", all, g.Constant(0L)), g.Op("Unsqueeze", positions, g.Constant(1L)));
        var places = Places(b, positions, count);
        var caches = new string[Layers];
        for (var layer = 0; layer < Layers; layer++)
            (x, caches[layer]) = Layer(b, x, $"state_{3 * layer}", $"out_state_{3 * layer}", positions, end, isSeen, places);

        var conditioning = b.Pick(b.Norm(x, Width), -1, 1);
        var passed = g.Op("Sub", g.Op("Cast", [end], ("to", (int)TensorElementType.Float)), g.Constant((float)endPosition));
        var logit = g.Op("Add", g.Op("Mul", b.Linear(conditioning, Width, 1), g.Constant(1e-6f)), g.Op("Mul", passed, g.Constant(100f)));
        g.Output("conditioning", conditioning, TtsGraphBuilder.Float, 1, Width);
        g.Output("eos_logit", logit, TtsGraphBuilder.Float, 1, 1);
        for (var layer = 0; layer < Layers; layer++)
        {
            g.Output($"out_state_{3 * layer}", caches[layer], TtsGraphBuilder.Float, 2, 1, Capacity, Heads, HeadSize);
            g.Output($"out_state_{(3 * layer) + 1}", $"state_{(3 * layer) + 1}", TtsGraphBuilder.Float, 0);
            g.Output($"out_state_{(3 * layer) + 2}", end, TtsGraphBuilder.Integer, 1);
        }

        return g.ToModel();
    }

    public static byte[] Flow()
    {
        var b = new TtsGraphBuilder("flow_lm_flow", seed: 4);
        var g = b.Graph;
        var c = g.Input("c", TtsGraphBuilder.Float, "batch", Width);
        var s = g.Input("s", TtsGraphBuilder.Float, "batch", 1);
        var t = g.Input("t", TtsGraphBuilder.Float, "batch", 1);
        var x = g.Input("x", TtsGraphBuilder.Float, "batch", LatentSize);
        var times = g.Op("Mul", g.Op("Add", Time(b, s), Time(b, t)), g.Constant(0.5f));
        var condition = b.Silu(g.Op("Add", times, b.Linear(c, Width, FlowWidth)));
        var y = b.Linear(x, LatentSize, FlowWidth);
        for (var block = 0; block < FlowBlocks; block++)
        {
            var change = b.Reshape(b.Linear(condition, FlowWidth, 3 * FlowWidth), -1, 3, FlowWidth);
            var inner = b.Linear(b.Silu(b.Linear(Modulate(b, y, change), FlowWidth, FlowWidth)), FlowWidth, FlowWidth);
            y = g.Op("Add", y, g.Op("Mul", b.Pick(change, 2, 1), inner));
        }

        var last = b.Reshape(b.Linear(condition, FlowWidth, 2 * FlowWidth), -1, 2, FlowWidth);
        g.Output("flow_dir", b.Linear(Modulate(b, y, last), FlowWidth, LatentSize), TtsGraphBuilder.Float, "batch", LatentSize);
        return g.ToModel();
    }

    private static string Time(TtsGraphBuilder b, string moment)
    {
        var frequencies = b.Graph.Constant([.. Enumerable.Range(0, TimeSize / 2).Select(k => MathF.Pow(10000, -2f * k / TimeSize))], 1, TimeSize / 2);
        var angles = b.Graph.Op("MatMul", moment, frequencies);
        var waves = b.Graph.Op("Concat", [b.Graph.Op("Cos", angles), b.Graph.Op("Sin", angles)], ("axis", 1));
        return b.Linear(b.Silu(b.Linear(waves, TimeSize, FlowWidth)), FlowWidth, FlowWidth);
    }

    private static string Modulate(TtsGraphBuilder b, string x, string change) => b.Graph.Op(
        "Add", b.Graph.Op("Mul", b.Norm(x, FlowWidth), b.Graph.Op("Add", b.Pick(change, 1, 1), b.Graph.Constant(1f))), b.Pick(change, 0, 1));

    /// <summary>Where keys and values of the new positions go in a cache, <c>[2, 1, positions, 3]</c>.</summary>
    private static string Places(TtsGraphBuilder b, string positions, string count)
    {
        var g = b.Graph;
        var shape = g.Op("Concat", [g.Constant([2L, 1], 2), count, g.Constant(1L)], ("axis", 0));
        var halves = g.Op("Expand", g.Constant([0L, 1], 2, 1, 1, 1), shape);
        var batch = g.Op("Expand", g.Constant([0L], 1, 1, 1, 1), shape);
        var rows = g.Op("Expand", b.Reshape(positions, 1, 1, -1, 1), shape);
        return g.Op("Concat", [halves, batch, rows], ("axis", 3));
    }

    private static (string Rows, string Cache) Layer(
        TtsGraphBuilder b, string x, string state, string newState, string positions, string end, string isSeen, string places)
    {
        var g = b.Graph;
        var mixed = b.Reshape(b.Linear(b.Norm(x, Width), Width, 3 * Width), 1, -1, 3, Heads, HeadSize);
        var queries = b.Transpose(b.Rotate(b.Pick(mixed, 0, 2), positions, Heads, HeadSize), 0, 2, 1, 3);
        var keys = g.Op("Unsqueeze", b.Rotate(b.Pick(mixed, 1, 2), positions, Heads, HeadSize), g.Constant(0L));
        var values = g.Op("Unsqueeze", b.Pick(mixed, 2, 2), g.Constant(0L));
        var cache = g.OpNamed(newState, "ScatterND", state, places, g.Op("Concat", [keys, values], ("axis", 0)));
        var used = g.Op("Slice", cache, g.Constant(0L), end, g.Constant(2L));
        var attended = b.Attend(queries, b.Transpose(b.Pick(used, 0, 0), 0, 2, 3, 1), b.Transpose(b.Pick(used, 1, 0), 0, 2, 1, 3), isSeen, Heads, HeadSize);
        x = g.Op("Add", x, b.Linear(attended, Width, Width));
        return (g.Op("Add", x, b.FeedForward(b.Norm(x, Width), Width, Inner)), cache);
    }
}
