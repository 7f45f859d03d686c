using Microsoft.ML.OnnxRuntime.Tensors;
using PocketTts.Onnx;

namespace PocketTts.Tone;

/// <summary>The five graphs of the tone voice: names, types and ranks are the published ones, sizes are small.</summary>
/// <remarks>
/// A row of the model is eight wide. Columns 0–3 are what is said, as in a latent: pitch in steps, loudness (0 or 1), pitch offset of the voice,
/// unused. Columns 4–7 say what the row is: text, voice, frame, unused.
/// </remarks>
internal static class ToneGraphs
{
    public const int LatentSize = 4;
    public const int RowSize = 8;
    public const int Capacity = 1000;
    public const int SamplesPerFrame = 1920;
    private const int SampleRate = 24000;
    private const TensorElementType Float = TensorElementType.Float, Integer = TensorElementType.Int64, Boolean = TensorElementType.Bool;
    private const int PitchColumn = 0, LoudnessColumn = 1, OffsetColumn = 2, TextColumn = 4, VoiceColumn = 5, FrameColumn = 6;

    /// <summary>The row that the encoder gives for a voice of this pitch offset.</summary>
    public static float[] VoiceRow(int offsetSteps)
    {
        var row = new float[RowSize];
        row[OffsetColumn] = offsetSteps;
        row[VoiceColumn] = 1;
        return row;
    }

    public static byte[] TextConditioner()
    {
        var classes = ToneTokenizer.Classes.ToArray();
        var table = new float[classes.Length * RowSize];
        for (var id = 0; id < classes.Length; id++)
        {
            table[(id * RowSize) + PitchColumn] = ToneTable.FirstTokenSteps + (ToneTable.TokenSteps * classes[id]);
            table[(id * RowSize) + LoudnessColumn] = 1;
            table[(id * RowSize) + TextColumn] = 1;
        }

        var g = new OnnxGraphWriter("text_conditioner");
        var ids = g.Input("token_ids", Integer, 1, "seq_len");
        g.Output("embeddings", g.Op("Gather", [g.Constant(table, classes.Length, RowSize), ids], ("axis", 0)), Float, 1, "seq_len", RowSize);
        return g.ToModel();
    }

    /// <summary>One row per 80 ms, the last padded with silence: its root mean square is the pitch offset.</summary>
    public static byte[] MimiEncoder()
    {
        var g = new OnnxGraphWriter("mimi_encoder");
        var audio = g.Input("audio", Float, 1, 1, "audio_len");
        var length = g.Op("Slice", g.Op("Shape", audio), g.Constant(2L), g.Constant(3L));
        var frame = g.Constant((long)SamplesPerFrame);
        var padding = g.Op("Mod", g.Op("Sub", frame, g.Op("Mod", length, frame)), frame);
        var padded = g.Op("Pad", audio, g.Op("Concat", [g.Constant([0L, 0, 0, 0, 0], 5), padding], ("axis", 0)));
        var frames = g.Op("Reshape", padded, g.Constant([1L, -1, SamplesPerFrame], 3));
        var level = g.Op("Sqrt", g.Op("ReduceMean", [g.Op("Mul", frames, frames)], ("axes", new[] { 2 }), ("keepdims", 1)));
        var offset = g.Op("Mul", g.Op("Mul", level, g.Constant((float)ToneTable.LevelSteps)), g.Constant(Unit(OffsetColumn), 1, 1, RowSize));
        g.Output("latents", g.Op("Add", offset, g.Constant(Unit(VoiceColumn), 1, 1, RowSize)), Float, 1, "frames", RowSize);
        return g.ToModel();
    }

    /// <summary>
    /// Appends the rows it is given to its cache. On a step it looks back to the last run of text rows and speaks the one whose turn it is;
    /// past the last it speaks silence, and the end-of-speech logit counts 0, 1, 2, … (-8 before).
    /// </summary>
    public static byte[] FlowLmMain()
    {
        var g = new OnnxGraphWriter("flow_lm_main");
        var sequence = g.Input("sequence", Float, 1, "seq_len", LatentSize);
        var text = g.Input("text_embeddings", Float, 1, "text_len", RowSize);
        var cache = g.Input("state_0", Float, 2, 1, Capacity, 1, RowSize);
        var end = g.Input("state_1", Float, 0);
        var step = g.Input("state_2", Integer, 1);

        // Append. The first latent of a generation is the NaN marker: it is stored as a frame that says nothing.
        var latent = g.Op("Where", g.Op("IsNaN", sequence), g.Constant(0f), sequence);
        var frameColumns = g.Op("Add", g.Op("Mul", latent, g.Constant(0f)), g.Constant(Unit(FrameColumn)[LatentSize..], 1, 1, RowSize - LatentSize));
        var frameRows = g.Op("Concat", [latent, frameColumns], ("axis", 2));
        var rows = g.Op("Reshape", g.Op("Concat", [text, frameRows], ("axis", 1)), g.Constant([-1L, RowSize], 2));
        var count = g.Op("Slice", g.Op("Shape", rows), g.Constant(0L), g.Constant(1L));
        var newStep = g.Op("Add", step, count);
        var newRows = g.Op("Unsqueeze", g.Op("Range", Scalar(g, step), Scalar(g, newStep), g.Constant([1L])), g.Constant(1L));
        var halves = g.Op("Reshape", cache, g.Constant([2L, Capacity, RowSize], 3));
        var keys = g.Op("ScatterND", g.Op("Gather", [halves, g.Constant([0L])], ("axis", 0)), newRows, rows);
        var values = g.Op("ScatterND", g.Op("Gather", [halves, g.Constant([1L])], ("axis", 0)), newRows, rows);
        var newCache = g.Op("Reshape", g.Op("Concat", [keys, values], ("axis", 0)), g.Constant([2L, 1, Capacity, 1, RowSize], 5));

        // Look back. Rows at and after newStep are not written yet and may hold anything.
        var index = g.Constant([.. Enumerable.Range(0, Capacity).Select(i => (float)i)], Capacity);
        var position = g.Op("Cast", [newStep], ("to", (int)Float));
        var written = g.Op("Less", index, position);
        var isText = g.Op("And", written, g.Op("Greater", Column(g, keys, TextColumn), g.Constant(0.5f)));
        var isVoice = g.Op("And", written, g.Op("Greater", Column(g, keys, VoiceColumn), g.Constant(0.5f)));
        var lastText = Last(g, isText, index);
        var isBeforeText = g.Op("And", g.Op("And", written, g.Op("Not", isText)), g.Op("Less", index, lastText));
        var beforeText = Last(g, isBeforeText, index);
        var frame = g.Op("Sub", g.Op("Sub", position, g.Constant(2f)), lastText);
        var token = g.Op("Floor", g.Op("Div", frame, g.Constant((float)ToneTable.FramesPerToken)));
        var tokens = g.Op("Sub", lastText, beforeText);
        var isSpeaking = g.Op("Less", token, tokens);

        // Speak.
        var first = g.Op("Add", beforeText, g.Constant(1f));
        var turn = g.Op("Clip", g.Op("Add", first, token), g.Constant([0f]), g.Constant([Capacity - 1f]));
        var row = g.Op("Gather", [values, g.Op("Cast", [turn], ("to", (int)Integer))], ("axis", 0));
        var voices = g.Op("ReduceSum", [g.Op("Cast", [isVoice], ("to", (int)Float))], ("keepdims", 1));
        var offsets = g.Op("ReduceSum", [g.Op("Where", isVoice, Column(g, values, OffsetColumn), g.Constant(0f))], ("keepdims", 1));
        var offset = g.Op("Round", g.Op("Div", offsets, g.Op("Max", voices, g.Constant(1f))));
        var pitched = g.Op("Add", row, g.Op("Mul", offset, g.Constant(Unit(PitchColumn), 1, RowSize)));
        g.Output("conditioning", g.Op("Where", isSpeaking, pitched, g.Constant(0f)), Float, 1, RowSize);

        var past = g.Op("Sub", frame, g.Op("Mul", tokens, g.Constant((float)ToneTable.FramesPerToken)));
        var logit = g.Op("Where", isSpeaking, g.Constant(-8f), past);
        g.Output("eos_logit", g.Op("Reshape", logit, g.Constant([1L, 1], 2)), Float, 1, 1);
        g.Output("out_state_0", newCache, Float, 2, 1, Capacity, 1, RowSize);
        g.Output("out_state_1", end, Float, 0);
        g.Output("out_state_2", newStep, Integer, 1);
        return g.ToModel();
    }

    /// <summary>(target − x) / (1 − s), which lands on the target after any number of steps.</summary>
    public static byte[] FlowLmFlow()
    {
        var g = new OnnxGraphWriter("flow_lm_flow");
        var c = g.Input("c", Float, 1, RowSize);
        var s = g.Input("s", Float, 1, 1);
        g.Input("t", Float, 1, 1);
        var x = g.Input("x", Float, 1, LatentSize);
        var target = g.Op("Slice", c, g.Constant(0L), g.Constant((long)LatentSize), g.Constant(1L));
        g.Output("flow_dir", g.Op("Div", g.Op("Sub", target, x), g.Op("Sub", g.Constant(1f), s)), Float, 1, LatentSize);
        return g.ToModel();
    }

    /// <summary>A sine of the latent's pitch; where it is in its cycle passes from frame to frame in state 0.</summary>
    public static byte[] MimiDecoder()
    {
        const float amplitude = 0.25f;
        const float cyclesPerFrame = (float)ToneTable.StepHz * SamplesPerFrame / SampleRate;
        var ramp = Enumerable.Range(0, SamplesPerFrame).Select(n => (float)ToneTable.StepHz * n / SampleRate).ToArray();

        var g = new OnnxGraphWriter("mimi_decoder");
        var latent = g.Input("latent", Float, 1, "frames", LatentSize);
        var phase = g.Input("state_0", Float, 1, 1, 1);
        var isFirst = g.Input("state_1", Boolean, 1);
        var empty = g.Input("state_2", Float, 1, LatentSize, 0);
        var offset = g.Input("state_3", Integer, 1);

        var rounded = g.Op("Round", latent);
        var pitch = LatentColumn(g, rounded, PitchColumn);
        var loudness = g.Op("Mul", LatentColumn(g, rounded, LoudnessColumn), g.Constant(amplitude));
        var advance = Fraction(g, g.Op("Mul", pitch, g.Constant(cyclesPerFrame)));
        var start = g.Op("Add", phase, g.Op("CumSum", [advance, g.Constant([1L])], ("exclusive", 1)));
        var cycles = Fraction(g, g.Op("Add", start, g.Op("Mul", pitch, g.Constant(ramp, 1, 1, SamplesPerFrame))));
        var wave = g.Op("Mul", loudness, g.Op("Sin", g.Op("Mul", cycles, g.Constant(2 * MathF.PI))));
        var frames = g.Op("Slice", g.Op("Shape", latent), g.Constant(1L), g.Constant(2L));
        var positions = g.Op("Mul", frames, g.Constant(16L));

        g.Output("audio_frame", g.Op("Reshape", wave, g.Constant([1L, 1, -1], 3)), Float, 1, 1, "samples");
        g.Output("out_state_0", Fraction(g, g.Op("Add", phase, g.Op("ReduceSum", [advance, g.Constant(1L)], ("keepdims", 1)))), Float, 1, 1, 1);
        g.Output("out_state_1", isFirst, Boolean, 1);
        g.Output("out_state_2", empty, Float, 1, LatentSize, 0);
        g.Output("out_state_3", g.Op("Add", offset, positions), Integer, 1);
        return g.ToModel();
    }

    private static float[] Unit(int column)
    {
        var row = new float[RowSize];
        row[column] = 1;
        return row;
    }

    private static string Scalar(OnnxGraphWriter g, string single) => g.Op("Squeeze", single, g.Constant(0L));

    private static string Column(OnnxGraphWriter g, string rows, int column) => g.Op("Gather", [rows, g.Constant([(long)column])], ("axis", 1));

    private static string LatentColumn(OnnxGraphWriter g, string latent, int column) => g.Op("Gather", [latent, g.Constant((long)column)], ("axis", 2));

    private static string Fraction(OnnxGraphWriter g, string value) => g.Op("Sub", value, g.Op("Floor", value));

    private static string Last(OnnxGraphWriter g, string mask, string index) =>
        g.Op("ReduceMax", [g.Op("Where", mask, index, g.Constant(-1f))], ("keepdims", 1));
}
