using Microsoft.ML.OnnxRuntime.Tensors;
using PocketTts.Onnx;

namespace PocketTts.Tests;

/// <summary>
/// Five graphs of the published signature with tiny sizes and simple mathematics, in which every row, its place and every state changes what is
/// said: <see cref="TinyReference"/> computes the same without graphs.
/// </summary>
internal sealed class TinyGraphs(TinyLayout layout)
{
    public const int LatentSize = 4, RowSize = 8, Heads = 2, HeadSize = 4, Layers = 2, Capacity = 64, SamplesPerFrame = 8, Vocabulary = 300;
    private const TensorElementType Float = TensorElementType.Float, Integer = TensorElementType.Int64, Boolean = TensorElementType.Bool;

    /// <summary>Position at which the end-of-speech logit passes zero.</summary>
    public int EndPosition { get; init; } = 25;

    /// <summary>Positions that the caches hold.</summary>
    public int Positions { get; init; } = Capacity;

    /// <summary>Says of no output of the two stateful graphs which shape it has.</summary>
    public bool HidesShapes { get; init; }

    /// <summary>New rows are scattered into the caches as they are, and the result is the output: the way the published graphs do it.</summary>
    public bool ScattersInPlace { get; init; }

    /// <summary>How the decoder takes several latents at once.</summary>
    public TinyDecoder Decoder { get; init; }

    public bool IsSplit => layout is TinyLayout.L or TinyLayout.V;

    private TensorElementType CacheType => IsSplit ? TensorElementType.Float16 : Float;

    private object[] CacheShape => IsSplit ? [1, Positions, Heads, HeadSize] : [2, 1, Positions, Heads, HeadSize];

    public static float TextValue(long id, int column) => ((((id * 7) + (column * 3)) % 11) / 11f) - 0.5f;

    public byte[] TextConditioner()
    {
        var table = new float[Vocabulary * RowSize];
        for (var i = 0; i < table.Length; i++)
            table[i] = TextValue(i / RowSize, i % RowSize);
        var g = new OnnxGraphWriter("text_conditioner");
        var ids = g.Input("token_ids", Integer, 1, "seq_len");
        g.Output("embeddings", g.Op("Gather", [g.Constant(table, Vocabulary, RowSize), ids], ("axis", 0)), Float, 1, "seq_len", RowSize);
        return g.ToModel();
    }

    /// <summary>A row for each frame, the last padded with silence: its mean in column k is divided by k + 1.</summary>
    public byte[] MimiEncoder()
    {
        var g = new OnnxGraphWriter("mimi_encoder");
        var audio = g.Input("audio", Float, 1, 1, "audio_len");
        var length = g.Op("Slice", g.Op("Shape", audio), g.Constant(2L), g.Constant(3L));
        var frame = g.Constant((long)SamplesPerFrame);
        var padding = g.Op("Mod", g.Op("Sub", frame, g.Op("Mod", length, frame)), frame);
        var padded = g.Op("Pad", audio, g.Op("Concat", [g.Constant([0L, 0, 0, 0, 0], 5), padding], ("axis", 0)));
        var frames = g.Op("Reshape", padded, g.Constant([1L, -1, SamplesPerFrame], 3));
        var mean = g.Op("ReduceMean", [frames], ("axes", new[] { 2 }), ("keepdims", 1));
        var scale = g.Constant([.. Enumerable.Range(1, RowSize).Select(k => 1f / k)], 1, 1, RowSize);
        g.Output(layout == TinyLayout.V ? "conditioning" : "latents", g.Op("Mul", mean, scale), Float, 1, "frames", RowSize);
        return g.ToModel();
    }

    /// <summary>Keys are the rows, values half of them; conditioning is the mean of both over all positions, and a hundredth of the position.</summary>
    public byte[] FlowLmMain()
    {
        var g = new OnnxGraphWriter("flow_lm_main");
        var sequence = g.Input("sequence", Float, 1, "seq_len", LatentSize);
        var text = g.Input("text_embeddings", Float, 1, "text_len", RowSize);
        for (var layer = 0; layer < Layers; layer++)
            DeclareStates(g, 3 * layer);

        var latent = g.Op("Where", g.Op("IsNaN", sequence), g.Constant(0.25f), sequence);
        var spoken = g.Op("Concat", [latent, g.Op("Neg", latent)], ("axis", 2));
        var rows = g.Op("Reshape", g.Op("Concat", [text, spoken], ("axis", 1)), g.Constant([-1L, RowSize], 2));
        var count = g.Op("Slice", g.Op("Shape", rows), g.Constant(0L), g.Constant(1L));
        var newStep = g.Op("Add", "state_2", count);
        var written = g.Op("Unsqueeze", g.Op("Range", Scalar(g, "state_2"), Scalar(g, newStep), g.Constant([1L])), g.Constant(1L));
        var position = g.Op("Cast", [newStep], ("to", (int)Float));
        var isUsed = g.Op("Less", g.Constant([.. Enumerable.Range(0, Positions).Select(i => (float)i)], Positions, 1), position);

        var sum = g.Constant(0f);
        var outputs = new List<string>();
        for (var layer = 0; layer < Layers; layer++)
        {
            var (newKeys, newValues) = (g.Op("Mul", rows, g.Constant(layer + 1f)), g.Op("Mul", rows, g.Constant(0.5f)));
            string keys, values;
            if (ScattersInPlace)
            {
                outputs.AddRange(Scatter(g, 3 * layer, written, count, newKeys, newValues));
                (keys, values) = Halves(g, outputs[2 * layer], outputs[(2 * layer) + 1]);
            }
            else
            {
                (keys, values) = Halves(g, $"state_{3 * layer}", $"state_{(3 * layer) + 1}");
                keys = g.Op("ScatterND", keys, written, newKeys);
                values = g.Op("ScatterND", values, written, newValues);
                outputs.AddRange(Join(g, ref keys, ref values));
            }

            foreach (var half in new[] { keys, values })
                sum = g.Op("Add", sum, g.Op("ReduceSum", [g.Op("Where", isUsed, half, g.Constant(0f)), g.Constant(0L)], ("keepdims", 1)));
        }

        var mean = g.Op("Add", g.Op("Div", sum, position), g.Op("Mul", position, g.Constant(0.01f)));
        var logit = g.Op("Sub", position, g.Constant((float)EndPosition));
        if (IsSplit)
        {
            Output(g, "conditioning", g.Op("Reshape", mean, g.Constant((long)RowSize)), Float, newStep, RowSize);
            Output(g, "eos_logit", logit, Float, newStep, 1);
        }
        else
        {
            Output(g, "conditioning", g.Op("Reshape", mean, g.Constant([1L, RowSize], 2)), Float, newStep, 1, RowSize);
            Output(g, "eos_logit", g.Op("Reshape", logit, g.Constant([1L, 1], 2)), Float, newStep, 1, 1);
        }

        for (var layer = 0; layer < Layers; layer++)
        {
            Output(g, $"out_state_{3 * layer}", outputs[2 * layer], CacheType, newStep, CacheShape);
            if (IsSplit)
                Output(g, $"out_state_{(3 * layer) + 1}", outputs[(2 * layer) + 1], CacheType, newStep, CacheShape);
            else
                Output(g, $"out_state_{(3 * layer) + 1}", $"state_{(3 * layer) + 1}", Float, newStep, 0);
            Output(g, $"out_state_{(3 * layer) + 2}", newStep, Integer, newStep, 1);
        }

        return g.ToModel();
    }

    /// <summary>c − x / 2 + s / 10 + t / 5.</summary>
    public byte[] FlowLmFlow()
    {
        var g = new OnnxGraphWriter("flow_lm_flow");
        var c = IsSplit ? g.Input("c", Float, RowSize) : g.Input("c", Float, layout == TinyLayout.K2 ? 1 : "batch", RowSize);
        var s = g.Input("s", Float, 1, 1);
        var t = g.Input("t", Float, 1, 1);
        var x = g.Input("x", Float, 1, LatentSize);
        var target = g.Op("Slice", g.Op("Reshape", c, g.Constant([1L, RowSize], 2)), g.Constant(0L), g.Constant((long)LatentSize), g.Constant(1L));
        var times = g.Op("Add", g.Op("Mul", s, g.Constant(0.1f)), g.Op("Mul", t, g.Constant(0.2f)));
        g.Output("flow_dir", g.Op("Add", g.Op("Sub", target, g.Op("Mul", x, g.Constant(0.5f))), times), Float, 1, LatentSize);
        return g.ToModel();
    }

    /// <summary>Each frame is its latent and half of what the frame before was, forwards and negated; the result does not depend on how many come at once.</summary>
    public byte[] MimiDecoder()
    {
        var g = new OnnxGraphWriter("mimi_decoder");
        var latent = g.Input("latent", Float, 1, Decoder == TinyDecoder.TakesOneOnly ? 1 : "frames", LatentSize);
        var previous = g.Input("state_0", Float, 1, LatentSize, 1);
        var isFirst = g.Input("state_1", Boolean, 1);
        var empty = g.Input("state_2", Float, 1, LatentSize, 0);
        var offset = g.Input("state_3", Integer, 1);
        var unread = g.Input("state_4", CacheType, 1, 3, Heads, HeadSize);

        var count = g.Op("Slice", g.Op("Shape", latent), g.Constant(1L), g.Constant(2L));
        var advanced = g.Op("Add", offset, g.Op("Mul", count, g.Constant(16L)));
        var index = g.Op("Cast", [g.Op("Range", g.Constant([0L]), Scalar(g, count), g.Constant([1L]))], ("to", (int)Float));
        var row = g.Op("Unsqueeze", index, g.Constant(1L));
        var age = g.Op("Sub", row, g.Op("Unsqueeze", index, g.Constant(0L)));
        var weights = g.Op("Where", g.Op("Less", age, g.Constant(0f)), g.Constant(0f), g.Op("Pow", g.Constant(0.5f), age));
        var carried = g.Op("Mul", g.Op("Pow", g.Constant(0.5f), g.Op("Add", row, g.Constant(1f))), g.Op("Reshape", previous, g.Constant([1L, LatentSize], 2)));
        var frames = g.Op("Add", g.Op("MatMul", weights, g.Op("Reshape", latent, g.Constant([-1L, LatentSize], 2))), carried);
        var last = g.Op("Slice", frames, g.Constant(-1L), g.Constant(long.MaxValue), g.Constant(0L));
        var audio = g.Op("Concat", [frames, g.Op("Neg", frames)], ("axis", 1));
        if (Decoder == TinyDecoder.ScalesByWhatComesTogether)
            audio = g.Op("Div", audio, g.Op("Cast", [count], ("to", (int)Float)));
        if (Decoder == TinyDecoder.FailsForSeveral)
            audio = g.Op("Reshape", audio, g.Constant([1L, SamplesPerFrame], 2));

        if (layout == TinyLayout.L)
            Output(g, "audio_frame", g.Op("Reshape", audio, g.Constant(-1L)), Float, advanced, "samples");
        else
            Output(g, "audio_frame", g.Op("Reshape", audio, g.Constant([1L, 1, -1], 3)), Float, advanced, 1, 1, "samples");
        Output(g, "out_state_0", g.Op("Reshape", last, g.Constant([1L, LatentSize, 1], 3)), Float, advanced, 1, LatentSize, 1);
        Output(g, "out_state_1", isFirst, Boolean, advanced, 1);
        Output(g, "out_state_2", empty, Float, advanced, 1, LatentSize, 0);
        Output(g, "out_state_3", advanced, Integer, advanced, 1);
        Output(g, "out_state_4", unread, CacheType, advanced, 1, 3, Heads, HeadSize);
        return g.ToModel();
    }

    private void DeclareStates(OnnxGraphWriter g, int first)
    {
        g.Input($"state_{first}", CacheType, CacheShape);
        if (IsSplit)
            g.Input($"state_{first + 1}", CacheType, CacheShape);
        else
            g.Input($"state_{first + 1}", Float, 0);
        g.Input($"state_{first + 2}", Integer, 1);
    }

    /// <summary>The outputs, written by the nodes themselves.</summary>
    private string[] Scatter(OnnxGraphWriter g, int first, string written, string count, string keys, string values)
    {
        var halves = IsSplit ? 1 : 2;
        var shape = g.Op("Concat", [g.Constant([.. IsSplit ? (long[])[1] : [2, 1]], IsSplit ? 1 : 2), count, g.Constant(1L)], ("axis", 0));
        var places = new List<string>();
        if (!IsSplit)
            places.Add(g.Op("Expand", g.Constant([0L, 1], halves, 1, 1, 1), shape));
        places.Add(g.Op("Expand", g.Constant([0L], IsSplit ? [1, 1, 1] : [1, 1, 1, 1]), shape));
        places.Add(g.Op("Expand", written, shape));
        var indices = g.Op("Concat", [.. places], ("axis", IsSplit ? 2 : 3));
        if (IsSplit)
            return [Half(first, keys), Half(first + 1, values)];
        var both = g.Op("Reshape", g.Op("Concat", [keys, values], ("axis", 0)), g.Constant([2L, 1, -1, Heads, HeadSize], 5));
        return [g.OpNamed($"out_state_{first}", "ScatterND", $"state_{first}", indices, both), ""];

        string Half(int state, string rows)
        {
            var stored = g.Op("Cast", [g.Op("Reshape", rows, g.Constant([1L, -1, Heads, HeadSize], 4))], ("to", (int)CacheType));
            return g.OpNamed($"out_state_{state}", "ScatterND", $"state_{state}", indices, stored);
        }
    }

    private (string Keys, string Values) Halves(OnnxGraphWriter g, string first, string second)
    {
        var shape = g.Constant([(long)Positions, RowSize], 2);
        if (IsSplit)
            return (Half(first), Half(second));
        return (Packed(0), Packed(1));

        string Half(string state) => g.Op("Reshape", g.Op("Cast", [state], ("to", (int)Float)), shape);

        string Packed(long half) => g.Op("Reshape", g.Op("Gather", [first, g.Constant([half])], ("axis", 0)), shape);
    }

    /// <summary>The new states; what is computed with goes through their precision, as in a published graph.</summary>
    private string[] Join(OnnxGraphWriter g, ref string keys, ref string values)
    {
        if (!IsSplit)
        {
            var shape = g.Constant([1L, 1, Positions, Heads, HeadSize], 5);
            return [g.Op("Concat", [g.Op("Reshape", keys, shape), g.Op("Reshape", values, shape)], ("axis", 0)), ""];
        }

        var split = g.Constant([1L, Positions, Heads, HeadSize], 4);
        var (storedKeys, storedValues) = (g.Op("Cast", [keys], ("to", (int)CacheType)), g.Op("Cast", [values], ("to", (int)CacheType)));
        (keys, values) = (g.Op("Cast", [storedKeys], ("to", (int)Float)), g.Op("Cast", [storedValues], ("to", (int)Float)));
        return [g.Op("Reshape", storedKeys, split), g.Op("Reshape", storedValues, split)];
    }

    /// <param name="g">The graph.</param>
    /// <param name="output">Name of the output.</param>
    /// <param name="value">What it is.</param>
    /// <param name="type">Of its elements.</param>
    /// <param name="run">A positive integer that only a run tells, so that no shape can be inferred from it.</param>
    /// <param name="shape">As in <see cref="OnnxGraphWriter.Output"/>.</param>
    private void Output(OnnxGraphWriter g, string output, string value, TensorElementType type, string run, params object[] shape)
    {
        if (!HidesShapes)
        {
            g.Output(output, value, type, shape);
            return;
        }

        var sizes = g.Constant([.. shape.Select(s => s is int size ? size : -1L)], shape.Length);
        var all = g.Op("Add", g.Op("Mul", run, g.Constant(0L)), g.Constant((long)shape.Length));
        g.OutputOfAnyShape(output, g.Op("Reshape", [value, g.Op("Slice", sizes, g.Constant(0L), all)], ("allowzero", 1)), type);
    }

    private static string Scalar(OnnxGraphWriter g, string single) => g.Op("Squeeze", single, g.Constant(0L));
}
