using System.Text.Json;
using PocketTts;

namespace MigrationKit.Benchmarks;

/// <summary>
/// A model of real size with random weights, in the layout of sherpa-onnx, so that it and this engine load the same files. Written to a
/// temporary folder (0.4 GB) and deleted with it.
/// </summary>
internal sealed class TtsModelFolder : IDisposable
{
    /// <summary>Twenty words.</summary>
    public const string Sentence =
        "The small boat drifted slowly past the old lighthouse while seven quiet gulls followed it home through the morning mist.";

    /// <summary>The reference voice: so many rows of the model, 5.6 s.</summary>
    public const int VoiceFrames = 70;

    public const int SampleRate = 24000;
    private const int LongestPiece = 6;
    private const float UnusedScore = -100; // sherpa-onnx takes bytes for the best pieces otherwise
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("migrationkit-tts-");

    /// <param name="endPosition">The position at which the model sees the end of speech.</param>
    public TtsModelFolder(int endPosition)
    {
        Folder = Directory.CreateDirectory(Path.Combine(_root.FullName, "sherpa-onnx-pocket-tts-2026-01-26")).FullName;
        Write("text_conditioner.onnx", TtsSpeechGraphs.TextConditioner());
        Write("encoder.onnx", TtsSpeechGraphs.Encoder());
        Write("lm_main.onnx", TtsSpeechGraphs.SpeechModel(endPosition));
        Write("lm_flow.onnx", TtsSpeechGraphs.Flow());
        Write("decoder.onnx", TtsCodecGraph.Decoder());
        var pieces = Pieces();
        Write("vocab.json", JsonSerializer.SerializeToUtf8Bytes(pieces.Select((piece, id) => (piece, id)).ToDictionary(p => p.piece, p => p.id)));
        Write("token_scores.json", JsonSerializer.SerializeToUtf8Bytes(pieces.ToDictionary(p => p, p => p[0] == '<' ? UnusedScore : -1f)));
    }

    public string Root => _root.FullName;

    public string Folder { get; }

    /// <summary>Noise, as a voice: mono, <see cref="SampleRate"/>.</summary>
    public static float[] Voice()
    {
        var random = new Random(9);
        return [.. Enumerable.Range(0, VoiceFrames * TtsSpeechGraphs.SamplesPerFrame).Select(_ => (random.NextSingle() - 0.5f) / 2)];
    }

    /// <summary>As the peer is run: one decoding step, one thread, an end of speech that counts from the first frame on.</summary>
    public TtsModelOptions Options => new() { Variant = "b6369a24", ModelDirectory = Root, Seed = 1, MinFramesBeforeEos = 0 };

    public void Dispose() => _root.Delete(recursive: true);

    private static List<string> Pieces()
    {
        List<string> pieces = ["<unk>", "<s>", "</s>", "<pad>", .. Enumerable.Range(0, 256).Select(value => $"<0x{value:X2}>"), "\u2581", "."];
        foreach (var word in Sentence.TrimEnd('.').Split(' ').Select(word => "\u2581" + word).Distinct())
        {
            for (var start = 0; start < word.Length; start += LongestPiece)
                pieces.Add(word[start..Math.Min(word.Length, start + LongestPiece)]);
        }

        var known = pieces.Distinct().ToList();
        return [.. known, .. Enumerable.Range(known.Count, TtsSpeechGraphs.Vocabulary - known.Count).Select(id => $"{{{id}}}")];
    }

    private void Write(string file, byte[] content) => File.WriteAllBytes(Path.Combine(Folder, file), content);
}
