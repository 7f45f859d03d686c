using System.Text;
using System.Text.Json;
using PocketTts.Onnx;
using PocketTts.Text;
using PocketTts.Voices;

namespace PocketTts.Tests;

/// <summary>A folder with a tiny model in one of the published layouts, and whatever a test changes in it.</summary>
internal sealed class TinyModel : IDisposable
{
    public const string Variant = "tiny";
    private const string Characters = "\u2581abcdefghijklmnopqrstuvwxyzHT.!?,;:";

    public TinyModel(TinyLayout layout, Action<Dictionary<string, byte[]>>? change = null, TinyGraphs? graphs = null)
    {
        Graphs = graphs ?? new TinyGraphs(layout);
        Root = Directory.CreateTempSubdirectory("pocket-tts-").FullName;
        Folder = Path.Combine(Root, layout switch { TinyLayout.S => "sherpa-onnx-pocket-tts-2026-01-26", TinyLayout.K1 => "pocket-tts-onnx", _ => Variant });
        Name = layout is TinyLayout.S or TinyLayout.K1 ? "b6369a24" : Variant;
        var files = Files(layout, Graphs);
        change?.Invoke(files);
        foreach (var (name, content) in files)
        {
            var path = Path.Combine(Folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, content);
        }
    }

    public static float[] Bos { get; } = [0.5f, -0.5f, 0.25f, 0, 1, 0, 0, -1];

    public static UnigramTokenizer Tokenizer { get; } = Vocabulary.Tokenizer(Pieces());

    public TinyGraphs Graphs { get; }

    public string Root { get; }

    public string Folder { get; }

    /// <summary>What to ask for.</summary>
    public string Name { get; }

    /// <summary>Deterministic, and without the lower bound that is longer than what a tiny model says.</summary>
    public TtsModelOptions Options => new() { Variant = Name, ModelDirectory = Root, Temp = 0, MinFramesBeforeEos = 0 };

    public TtsModel Load() => TtsModel.LoadModel(Options);

    public void Dispose() => Directory.Delete(Root, recursive: true);

    public static Dictionary<string, byte[]> Files(TinyLayout layout, TinyGraphs graphs)
    {
        var isSherpa = layout == TinyLayout.S;
        var folder = layout == TinyLayout.K1 ? "onnx/" : "";
        var files = new Dictionary<string, byte[]>
        {
            [$"{folder}text_conditioner.onnx"] = graphs.TextConditioner(),
            [$"{folder}{(isSherpa ? "encoder" : "mimi_encoder")}.onnx"] = graphs.MimiEncoder(),
            [$"{folder}{(isSherpa ? "lm_main" : "flow_lm_main")}.onnx"] = graphs.FlowLmMain(),
            [$"{folder}{(isSherpa ? "lm_flow" : "flow_lm_flow")}.onnx"] = graphs.FlowLmFlow(),
            [$"{folder}{(isSherpa ? "decoder" : "mimi_decoder")}.onnx"] = graphs.MimiDecoder(),
        };
        if (isSherpa)
        {
            var pieces = SentencePieceModel.Parse(Vocabulary.Write(Pieces()), "tiny").Pieces;
            files["vocab.json"] = JsonSerializer.SerializeToUtf8Bytes(pieces.Select((p, id) => (p.Text, Id: id)).ToDictionary(p => p.Text, p => p.Id));
            files["token_scores.json"] = JsonSerializer.SerializeToUtf8Bytes(pieces.ToDictionary(p => p.Text, p => p.Score));
        }
        else
        {
            files["tokenizer.model"] = Vocabulary.Write(Pieces());
        }

        if (layout is TinyLayout.K2 or TinyLayout.L)
            files["bos_before_voice.npy"] = Npy(Bos);
        if (layout == TinyLayout.K2)
            files[BundleManifest.FileName] = Manifest(graphs).ToJson();
        return files;
    }

    public static byte[] Npy(float[] row)
    {
        var header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1, {row.Length}), }}\n";
        return [0x93, .. "NUMPY"u8, 1, 0, .. BitConverter.GetBytes((ushort)header.Length), .. Encoding.ASCII.GetBytes(header), .. row.SelectMany(BitConverter.GetBytes)];
    }

    private static BundleManifest Manifest(TinyGraphs graphs) => new()
    {
        SchemaVersion = 2,
        BundleName = Variant,
        Language = "english",
        LatentDim = TinyGraphs.LatentSize,
        ConditioningDim = TinyGraphs.RowSize,
        SamplesPerFrame = TinyGraphs.SamplesPerFrame,
        InsertBosBeforeVoice = true,
        BosBeforeVoiceFile = "bos_before_voice.npy",
        FlowLmStateManifest =
        [
            .. Enumerable.Range(0, 3 * TinyGraphs.Layers).Select(i => State(i, $"transformer.layers.{i / 3}.self_attn", (i % 3) switch
            {
                0 => ("cache", "float32", "nan", [2, 1, graphs.Positions, TinyGraphs.Heads, TinyGraphs.HeadSize]),
                1 => ("current_end", "float32", "empty", [0]),
                _ => ("step", "int64", "zeros", [1]),
            })),
        ],
        MimiStateManifest =
        [
            State(0, "decoder.model.0", ("partial", "float32", "zeros", [1, TinyGraphs.LatentSize, 1])),
            State(1, "decoder.model.0", ("first", "bool", "ones", [1])),
            State(2, "decoder.model.0", ("previous", "float32", "empty", [1, TinyGraphs.LatentSize, 0])),
            State(3, "decoder_transformer.layers.0", ("offset", "int64", "zeros", [1])),
            State(4, "encoder_transformer.layers.0", ("cache", "float32", "nan", [1, 3, TinyGraphs.Heads, TinyGraphs.HeadSize])),
        ],
    };

    private static StateManifestEntry State(int index, string module, (string Key, string Type, string Fill, long[] Shape) what) =>
        new(index, $"state_{index}", $"out_state_{index}", module, what.Key, $"{module}/{what.Key}", what.Shape, what.Type, what.Fill);

    private static IEnumerable<(string, float)> Pieces() => Characters.Select(c => (c.ToString(), -1f));
}
