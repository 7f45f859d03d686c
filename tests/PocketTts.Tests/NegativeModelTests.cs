using System.Text;
using Microsoft.ML.OnnxRuntime.Tensors;
using PocketTts.Onnx;

namespace PocketTts.Tests;

/// <summary>Models that must not be run, each refused with the graph, the tensor and what was expected.</summary>
public sealed class NegativeModelTests
{
    private const TensorElementType Float = TensorElementType.Float;

    public static TheoryData<string, string[]> Flows => new()
    {
        { "no-times", ["flow_lm_flow.onnx", "'s', 't'"] },
        { "rank", ["flow_lm_flow.onnx", "'x'", "rank 2", "[1, 1, 4]"] },
        { "type", ["flow_lm_flow.onnx", "'x'", "Double", "expected Float"] },
        { "size", ["flow_lm_flow", "'x'", "[1, 5]", "needs 4"] },
    };

    [Theory]
    [MemberData(nameof(Flows))]
    public void FlowGraphOfAnotherSignature_IsRefused(string kind, string[] expected) =>
        AssertRefused(TinyLayout.L, f => f["flow_lm_flow.onnx"] = Flow(kind), expected);

    [Theory]
    [InlineData(TinyLayout.K2, "eos_logit")]
    [InlineData(TinyLayout.L, "eos_logit")]
    public void MissingOutput_IsNamedWithWhatIsThere(TinyLayout layout, string output) =>
        AssertRefused(layout, f => f["flow_lm_main.onnx"] = f["mimi_decoder.onnx"], "flow_lm_main.onnx", output, "audio_frame");

    [Fact]
    public void StateWithoutItsOutput_IsRefused() => AssertRefused(
        TinyLayout.L, f => f["mimi_decoder.onnx"] = Decoder(g => g.Input("state_0", Float, 1, 2), _ => { }), "mimi_decoder", "takes 1 states and gives 0");

    [Fact]
    public void StatesThatAreNotNumberedThrough_AreRefused() => AssertRefused(
        TinyLayout.L,
        f => f["mimi_decoder.onnx"] = Decoder(g => g.Input("state_1", Float, 1, 2), g => g.Output("out_state_1", "state_1", Float, 1, 2)),
        "mimi_decoder",
        "no input 'state_0'");

    [Fact]
    public void StateOfUnknownType_IsRefused() => AssertRefused(
        TinyLayout.L,
        f => f["mimi_decoder.onnx"] = Decoder(g => g.Input("state_0", TensorElementType.Double, 1), g => g.Output("out_state_0", "state_0", TensorElementType.Double, 1)),
        "state_0",
        "Double");

    [Fact]
    public void StateThatComesBackShorter_IsADeltaCache() => AssertRefused(
        TinyLayout.L,
        f => f["mimi_decoder.onnx"] = Decoder(
            g => g.Input("state_0", Float, 1, 4),
            g => g.Output("out_state_0", g.Op("Slice", "state_0", g.Constant(0L), g.Constant(1L), g.Constant(1L)), Float, 1, 1)),
        "out_state_0",
        "delta caches");

    [Fact]
    public void DecoderThatDoesNotDecode_IsRefusedWhileLoading() => AssertRefused(
        TinyLayout.L,
        f => f["mimi_decoder.onnx"] = Decoder(_ => { }, _ => { }, samples: 5),
        "mimi_decoder does not decode");

    [Fact]
    public void CachesOfDifferentCapacity_AreRefused()
    {
        var manifest = new[] { Cache(0, 64), Cache(1, 32) };

        Assert.Contains("[64, 32]", Assert.Throws<InvalidDataException>(() => GraphChecks.Caches(manifest)).Message);

        static StateSlot Cache(int index, long positions) =>
            new($"state_{index}", $"out_state_{index}", Float, [2, 1, positions, 2, 4], "m", StateSlot.PackedCache, StartsAtOne: false);
    }

    [Theory]
    [InlineData("cache", TensorElementType.Float16, new long[] { 2, 1, 64, 2, 4 })]
    [InlineData("cache", TensorElementType.Float, new long[] { 1, 64, 2, 4 })]
    [InlineData("cache_k", TensorElementType.Float16, new long[] { 2, 64, 2, 4 })]
    [InlineData("cache_v", TensorElementType.Int64, new long[] { 1, 64, 2, 4 })]
    [InlineData("step", TensorElementType.Float, new long[] { 1 })]
    [InlineData("offset", TensorElementType.Int64, new long[] { 2 })]
    [InlineData("memory", TensorElementType.Float, new long[] { 8 })]
    public void StateThatTheEngineCannotFill_IsRefused(string key, TensorElementType type, long[] shape)
    {
        StateSlot[] slots = [new("state_7", "out_state_7", type, shape, "m", key, StartsAtOne: false)];

        Assert.Contains("'state_7'", Assert.Throws<InvalidDataException>(() => GraphChecks.Caches(slots)).Message);
    }

    [Fact]
    public void StatesThatAreNotThreeALayer_AreRefused() => AssertRefused(
        TinyLayout.L,
        f => f["flow_lm_main.onnx"] = MainGraph(g =>
        {
            g.Input("state_0", TensorElementType.Int64, 1);
            g.Output("out_state_0", "state_0", TensorElementType.Int64, 1);
        }),
        "flow_lm_main has 1 states");

    [Theory]
    [InlineData("vocab.json", "[]", "vocab.json")]
    [InlineData("vocab.json", """{"a":0,"b":0}""", "'b'")]
    [InlineData("vocab.json", """{"a":0.5}""", "0.5")]
    [InlineData("vocab.json", """{"zzz":0}""", "no score for 'zzz'")]
    [InlineData("token_scores.json", """{"a":"x"}""", "token_scores.json")]
    [InlineData("token_scores.json", "{", "token_scores.json")]
    public void DamagedVocabulary_IsRefused(string file, string content, string expected) =>
        AssertRefused(TinyLayout.S, f => f[file] = Encoding.UTF8.GetBytes(content), expected);

    [Theory]
    [InlineData("null_state")]
    [InlineData("not_json")]
    [InlineData("outside")]
    public void DamagedManifest_IsRefused(string kind)
    {
        AssertRefused(
            TinyLayout.K2,
            f => f["bundle.json"] = Encoding.UTF8.GetBytes(Change(Encoding.UTF8.GetString(f["bundle.json"]))),
            kind == "outside" ? "outside its folder" : "bundle.json");

        string Change(string json) => kind switch
        {
            "null_state" => json.Replace("\"tokenizer_file\": \"tokenizer.model\"", "\"tokenizer_file\": null", StringComparison.Ordinal),
            "not_json" => json[..^10],
            _ => json.Replace("tokenizer.model", "../../etc/passwd", StringComparison.Ordinal),
        };
    }

    [Theory]
    [InlineData(TinyLayout.K1, "onnx/flow_lm_main.onnx")]
    [InlineData(TinyLayout.S, "decoder.onnx")]
    [InlineData(TinyLayout.K2, "tokenizer.model")]
    [InlineData(TinyLayout.L, "bos_before_voice.npy")]
    public void TruncatedFile_IsRefusedByName(TinyLayout layout, string file)
    {
        using var whole = new TinyModel(layout);
        var length = new FileInfo(Path.Combine(whole.Folder, file)).Length;

        foreach (var kept in new[] { 0, 1, length / 3, length / 2, length - 1 })
            AssertRefused(layout, f => f[file] = f[file][..(int)kept], Path.GetFileName(file));
    }

    [Fact]
    public void TensorsOutsideTheFile_AreRefusedUnread()
    {
        // ONNX: graph (7) { initializer (5) { external_data (13) { key (1) "location", value (2) "../secret" } data_location (14) EXTERNAL } }
        var tensor = new ProtoWriter()
            .Message(13, new ProtoWriter().Text(1, "location").Text(2, "../secret")).Integer(14, 1);
        var model = new ProtoWriter().Integer(1, 8).Message(7, new ProtoWriter().Message(5, tensor)).ToArray();

        AssertRefused(TinyLayout.L, f => f["flow_lm_flow.onnx"] = model, "flow_lm_flow.onnx", "external data");
    }

    [Fact]
    public void NoEndOfSpeech_StopsAtTheCapacity()
    {
        var graphs = new TinyGraphs(TinyLayout.L) { EndPosition = 1000 };
        using var tiny = new TinyModel(TinyLayout.L, graphs: graphs);
        using var model = tiny.Load();
        using var voice = model.GetStateForAudioPrompt([1, 2, 3, 4, 5, 6, 7, 8], 24000);

        var audio = model.GenerateAudio(voice, "abcdefghijklmnopqrst");

        var tokens = TinyModel.Tokenizer.Encode("Abcdefghijklmnopqrst.").Count;
        Assert.Equal((TinyGraphs.Capacity - 2 - tokens) * TinyGraphs.SamplesPerFrame, audio.Length);
    }

    [Fact]
    public void CapacityThatHoldsNoText_IsSaidWithWhatToDo()
    {
        var graphs = new TinyGraphs(TinyLayout.K2) { Positions = 4 };
        using var tiny = new TinyModel(TinyLayout.K2, graphs: graphs);
        using var model = tiny.Load();
        using var voice = model.GetStateForAudioPrompt([1, 2, 3, 4, 5, 6, 7, 8], 24000);

        Assert.Contains("4 positions", Assert.Throws<InvalidOperationException>(() => model.GenerateAudio(voice, "hello")).Message);
    }

    [Theory]
    [InlineData(TinyLayout.K2)]
    [InlineData(TinyLayout.L)]
    public void ModelThatGivesNaN_IsReportedInsteadOfSpoken(TinyLayout layout)
    {
        using var tiny = new TinyModel(layout, f => f["text_conditioner.onnx"] = NaNTable());
        using var model = tiny.Load();
        using var voice = model.GetStateForAudioPrompt([1, 2, 3, 4, 5, 6, 7, 8], 24000);

        Assert.Contains("no number", Assert.Throws<InvalidOperationException>(() => model.GenerateAudio(voice, "hello")).Message);
    }

    [Fact]
    public void TokenizerOfAnotherModel_IsReportedWithTheText()
    {
        var pieces = Enumerable.Range(0, 300).Select(i => ($"x{i}", -5f)).Append(("h", -1f)); // ids beyond the text table
        using var tiny = new TinyModel(TinyLayout.L, f => f["tokenizer.model"] = Vocabulary.Write(pieces));
        using var model = tiny.Load();
        using var voice = model.GetStateForAudioPrompt([1, 2, 3, 4, 5, 6, 7, 8], 24000);

        Assert.Contains("'Ahh.'", Assert.Throws<InvalidOperationException>(() => model.GenerateAudio(voice, "ahh")).Message);
    }

    private static void AssertRefused(TinyLayout layout, Action<Dictionary<string, byte[]>> change, params string[] expected)
    {
        using var tiny = new TinyModel(layout, change);

        var error = Assert.Throws<InvalidDataException>(tiny.Load);

        Assert.All(expected, e => Assert.Contains(e, error.Message));
    }

    private static byte[] Flow(string kind)
    {
        var g = new OnnxGraphWriter("flow_lm_flow");
        g.Input("c", Float, TinyGraphs.RowSize);
        if (kind != "no-times")
        {
            g.Input("s", Float, 1, 1);
            g.Input("t", Float, 1, 1);
        }

        var type = kind == "type" ? TensorElementType.Double : Float;
        object[] shape = kind switch { "rank" => [1, 1, 4], "size" => [1, 5], _ => [1, 4] };
        g.Output("flow_dir", g.Input("x", type, shape), type, shape);
        return g.ToModel();
    }

    private static byte[] Decoder(Action<OnnxGraphWriter> inputs, Action<OnnxGraphWriter> outputs, long samples = -1)
    {
        var g = new OnnxGraphWriter("mimi_decoder");
        var latent = g.Input("latent", Float, 1, "frames", TinyGraphs.LatentSize);
        inputs(g);
        g.Output("audio_frame", g.Op("Reshape", latent, g.Constant(samples)), Float, "samples");
        outputs(g);
        return g.ToModel();
    }

    private static byte[] MainGraph(Action<OnnxGraphWriter> states)
    {
        var g = new OnnxGraphWriter("flow_lm_main");
        g.Input("sequence", Float, 1, "seq_len", TinyGraphs.LatentSize);
        g.Input("text_embeddings", Float, 1, "text_len", TinyGraphs.RowSize);
        g.Output("conditioning", g.Constant(new float[TinyGraphs.RowSize], TinyGraphs.RowSize), Float, TinyGraphs.RowSize);
        g.Output("eos_logit", g.Constant(0f), Float, 1);
        states(g);
        return g.ToModel();
    }

    private static byte[] NaNTable()
    {
        var table = new float[TinyGraphs.Vocabulary * TinyGraphs.RowSize];
        Array.Fill(table, float.NaN);
        var g = new OnnxGraphWriter("text_conditioner");
        var ids = g.Input("token_ids", TensorElementType.Int64, 1, "seq_len");
        var rows = g.Op("Gather", [g.Constant(table, TinyGraphs.Vocabulary, TinyGraphs.RowSize), ids], ("axis", 0));
        g.Output("embeddings", rows, Float, 1, "seq_len", TinyGraphs.RowSize);
        return g.ToModel();
    }
}
