using PocketTts.Onnx;
using PocketTts.Voices;

namespace PocketTts.Tone;

/// <summary>The tone voice as the files of a published model, made in memory; written to a folder, they load from there just as well.</summary>
internal sealed class ToneFiles : BundleFiles
{
    public const string Variant = "tone";
    private static readonly Lazy<Dictionary<string, byte[]>> Content = new(Create);

    public override string Location => "the built-in variant \"tone\"";

    public override string Name => Variant;

    public static IReadOnlyDictionary<string, byte[]> All => Content.Value;

    public override bool Contains(string file) => Content.Value.ContainsKey(file);

    public override IEnumerable<string> List(string folder) => folder.Length == 0
        ? Content.Value.Keys.Where(f => !f.Contains('/'))
        : Content.Value.Keys.Where(f => f.StartsWith(folder + "/", StringComparison.Ordinal)).Select(f => f[(folder.Length + 1)..]);

    public override byte[] Read(string file) => Content.Value[file];

    public static Dictionary<string, byte[]> Create()
    {
        var files = new Dictionary<string, byte[]>
        {
            [BundleManifest.FileName] = Manifest().ToJson(),
            ["tokenizer.model"] = ToneTokenizer.CreateModel(),
            ["text_conditioner.onnx"] = ToneGraphs.TextConditioner(),
            ["mimi_encoder.onnx"] = ToneGraphs.MimiEncoder(),
            ["flow_lm_main.onnx"] = ToneGraphs.FlowLmMain(),
            ["flow_lm_flow.onnx"] = ToneGraphs.FlowLmFlow(),
            ["mimi_decoder.onnx"] = ToneGraphs.MimiDecoder(),
        };
        for (var voice = 0; voice < ToneTable.Voices.Length; voice++)
        {
            var prompt = VoiceFile.OfPrompt(ToneGraphs.VoiceRow(voice * ToneTable.VoiceSteps), ToneGraphs.RowSize);
            files[$"embeddings/{ToneTable.Voices[voice]}.safetensors"] = SafeTensorsFile.Write(prompt);
        }

        return files;
    }

    private static BundleManifest Manifest() => new()
    {
        SchemaVersion = BundleManifest.SupportedSchema,
        BundleName = Variant,
        Language = Variant,
        LatentDim = ToneGraphs.LatentSize,
        ConditioningDim = ToneGraphs.RowSize,
        SamplesPerFrame = ToneGraphs.SamplesPerFrame,
        PredefinedVoices = ToneTable.Voices,
        FlowLmStateManifest =
        [
            State(0, "transformer.layers.0.self_attn", "cache", "float32", "nan", 2, 1, ToneGraphs.Capacity, 1, ToneGraphs.RowSize),
            State(1, "transformer.layers.0.self_attn", "current_end", "float32", "empty", 0),
            State(2, "transformer.layers.0.self_attn", "step", "int64", "zeros", 1),
        ],
        MimiStateManifest =
        [
            State(0, "decoder.model.0", "partial", "float32", "zeros", 1, 1, 1),
            State(1, "decoder.model.0", "first", "bool", "ones", 1),
            State(2, "decoder.model.0", "previous", "float32", "empty", 1, ToneGraphs.LatentSize, 0),
            State(3, "decoder_transformer.transformer.layers.0.self_attn", "offset", "int64", "zeros", 1),
        ],
    };

    private static StateManifestEntry State(int index, string module, string key, string type, string fill, params long[] shape) =>
        new(index, $"state_{index}", $"out_state_{index}", module, key, $"{module}/{key}", shape, type, fill);
}
