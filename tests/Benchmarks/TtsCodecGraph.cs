using Microsoft.ML.OnnxRuntime.Tensors;

namespace MigrationKit.Benchmarks;

/// <summary>
/// <c>mimi_decoder</c> of January 2026 at its real size and with random weights: all 56 states of the codec, of which those of its encoder
/// (25 to 54) are only handed on.
/// </summary>
internal static class TtsCodecGraph
{
    private const int Width = 512, Heads = 8, HeadSize = 64, Inner = 2048, Capacity = 1000, Window = 250, RowsPerFrame = 16;
    private const int UpsamplingState = 55, FirstLayerState = 19;
    private const TensorElementType Float = TtsGraphBuilder.Float, Integer = TtsGraphBuilder.Integer, Boolean = TtsGraphBuilder.Boolean;

    private static readonly (TensorElementType Type, int[] Shape)[] States =
    [
        .. Conv(512, 6), .. Conv(64, 2), Partial(256, 6), .. Conv(256, 2), .. Conv(128, 0), Partial(128, 5), .. Conv(128, 2), .. Conv(64, 0), Partial(64, 4),
        .. Conv(64, 2), .. Conv(32, 0), .. Attention(), .. Attention(),
        .. Conv(512, 16), .. Conv(1, 6), .. Conv(64, 2), .. Conv(32, 0), .. Conv(512, 2), .. Conv(64, 4), .. Conv(128, 2), .. Conv(64, 0), .. Conv(128, 5),
        .. Conv(256, 2), .. Conv(128, 0), .. Conv(256, 6), .. Attention(), .. Attention(), Partial(512, 16),
    ];

    public static byte[] Decoder()
    {
        var b = new TtsGraphBuilder("mimi_decoder", seed: 5);
        var g = b.Graph;
        var next = new string[States.Length];
        var latent = g.Input("latent", Float, 1, "frames", TtsSpeechGraphs.LatentSize);
        for (var i = 0; i < States.Length; i++)
            next[i] = g.Input(StateName(i), States[i].Type, [.. States[i].Shape.Cast<object>()]);

        var x = b.Linear(latent, TtsSpeechGraphs.LatentSize, Width);
        x = Widen(b, b.Transpose(x, 0, 2, 1), UpsamplingState, Width, 1, 16, Width, next);
        x = b.Transpose(x, 0, 2, 1);
        var count = b.Slice(g.Op("Shape", x), 1, 2, 0);
        for (var layer = 0; layer < 2; layer++)
            x = Layer(b, x, count, FirstLayerState + (3 * layer), next);

        x = Convolve(b, b.Transpose(x, 0, 2, 1), 1, 512, 512, 7, next);
        x = Widen(b, g.Op("Elu", x), 4, 512, 256, 6, 1, next);
        x = Residual(b, x, 6, 256, next);
        x = Widen(b, g.Op("Elu", x), 9, 256, 128, 5, 1, next);
        x = Residual(b, x, 11, 128, next);
        x = Widen(b, g.Op("Elu", x), 14, 128, 64, 4, 1, next);
        x = Residual(b, x, 16, 64, next);
        x = Convolve(b, g.Op("Elu", x), 3, 64, 1, 3, next);

        g.Output("audio_frame", g.Op("Mul", g.Op("Tanh", x), g.Constant(0.5f)), Float, 1, 1, "samples");
        for (var i = 0; i < States.Length; i++)
            g.Output($"out_{StateName(i)}", next[i], States[i].Type, [.. States[i].Shape.Cast<object>()]);
        return g.ToModel();
    }

    private static string StateName(int index) => $"state_{index}";

    /// <summary>A causal convolution, which keeps its last inputs.</summary>
    private static string Convolve(TtsGraphBuilder b, string x, int state, int from, int to, int width, string[] next)
    {
        var all = b.Graph.Op("Concat", [StateName(state), x], ("axis", 2));
        next[state] = b.Slice(all, 1 - width, long.MaxValue, 2);
        return b.Graph.Op("Conv", [all, b.Weights(from * width, to, from, width)], ("kernel_shape", new[] { width }));
    }

    private static string Residual(TtsGraphBuilder b, string x, int state, int channels, string[] next)
    {
        var inner = Convolve(b, b.Graph.Op("Elu", x), state, channels, channels / 2, 3, next);
        var weights = b.Weights(channels / 2, channels, channels / 2, 1);
        return b.Graph.Op("Add", x, b.Graph.Op("Conv", [b.Graph.Op("Elu", inner), weights], ("kernel_shape", new[] { 1 })));
    }

    /// <summary>A transposed convolution twice as wide as its stride; what reaches beyond the last input is kept for the next.</summary>
    private static string Widen(TtsGraphBuilder b, string x, int state, int from, int to, int stride, int groups, string[] next)
    {
        var g = b.Graph;
        var weights = b.Weights(2 * from / groups, from, to, 2 * stride);
        var wide = g.Op("ConvTranspose", [x, weights], ("kernel_shape", new[] { 2 * stride }), ("strides", new[] { stride }), ("group", groups));
        var length = g.Op("Mul", b.Slice(g.Op("Shape", x), 2, 3, 0), g.Constant((long)stride));
        var carried = g.Op("Pad", StateName(state), g.Op("Concat", [g.Constant([0L, 0, 0, 0, 0], 5), length], ("axis", 0)));
        var sum = g.Op("Add", wide, carried);
        next[state] = g.Op("Slice", sum, length, g.Constant(long.MaxValue), g.Constant(2L));
        return g.Op("Slice", sum, g.Constant(0L), length, g.Constant(2L));
    }

    /// <summary>Attention over the last positions, which lie in a ring.</summary>
    private static string Layer(TtsGraphBuilder b, string x, string count, int state, string[] next)
    {
        var g = b.Graph;
        var offset = StateName(state + 2);
        var positions = b.Positions(offset, count);
        var mixed = b.Reshape(b.Linear(b.Norm(x, Width), Width, 3 * Width), 1, -1, 3, Heads, HeadSize);
        var queries = b.Transpose(b.Rotate(b.Pick(mixed, 0, 2), positions, Heads, HeadSize), 0, 2, 1, 3);
        var keys = b.Transpose(b.Rotate(b.Pick(mixed, 1, 2), positions, Heads, HeadSize), 0, 2, 1, 3);
        var values = b.Transpose(b.Pick(mixed, 2, 2), 0, 2, 1, 3);

        var rows = b.Reshape(g.Op("Concat", [keys, values], ("axis", 0)), 2 * Heads, -1, HeadSize);
        var shape = g.Op("Concat", [g.Constant(2L * Heads), count, g.Constant(1L)], ("axis", 0));
        var slots = g.Op("Expand", b.Reshape(g.Op("Mod", positions, g.Constant((long)Capacity)), 1, -1, 1), shape);
        var heads = g.Op("Expand", g.Constant([.. Enumerable.Range(0, 2 * Heads).Select(h => (long)h)], 2 * Heads, 1, 1), shape);
        var ring = g.Op("ScatterND", b.Reshape(StateName(state), 2 * Heads, Capacity, HeadSize), g.Op("Concat", [heads, slots], ("axis", 2)), rows);
        var cache = b.Reshape(ring, 2, 1, Heads, Capacity, HeadSize);
        next[state] = cache;
        next[state + 1] = next[state + 2] = g.Op("Add", offset, count);

        // A slot holds the newest position that belongs there.
        var newest = g.Op("Sub", next[state + 2], g.Constant(1L));
        var slot = g.Constant([.. Enumerable.Range(0, Capacity).Select(i => (long)i)], Capacity);
        var held = g.Op("Unsqueeze", g.Op("Sub", newest, g.Op("Mod", g.Op("Sub", newest, slot), g.Constant((long)Capacity))), g.Constant(0L));
        var asking = g.Op("Unsqueeze", positions, g.Constant(1L));
        var isRecent = g.Op("Greater", held, g.Op("Sub", asking, g.Constant((long)Window)));
        var isWritten = g.Op("GreaterOrEqual", held, g.Constant(0L));
        var isSeen = g.Op("And", g.Op("And", isRecent, isWritten), g.Op("LessOrEqual", held, asking));

        var attended = b.Attend(queries, b.Transpose(b.Pick(cache, 0, 0), 0, 1, 3, 2), b.Pick(cache, 1, 0), isSeen, Heads, HeadSize);
        x = g.Op("Add", x, b.Linear(attended, Width, Width));
        return g.Op("Add", x, b.FeedForward(b.Norm(x, Width), Width, Inner));
    }

    private static (TensorElementType Type, int[] Shape)[] Conv(int channels, int width) => [(Boolean, [1]), (Float, [1, channels, width])];

    private static (TensorElementType Type, int[] Shape) Partial(int channels, int width) => (Float, [1, channels, width]);

    private static (TensorElementType Type, int[] Shape)[] Attention() => [(Float, [2, 1, Heads, Capacity, HeadSize]), (Integer, [1]), (Integer, [1])];
}
