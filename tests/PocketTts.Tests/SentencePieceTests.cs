using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using PocketTts.Text;

namespace PocketTts.Tests;

/// <summary>Our ids are those of SentencePiece itself, on models that it trains here.</summary>
public sealed class SentencePieceTests : IDisposable
{
    private const int Texts = 12_000, Seed = 20260126;
    private static readonly string[] Syllables = ["ba", "ko", "tri", "sel", "un", "dé", "ma", "th", "er", "ing", "ço", "ü", "on", "st", "a", "i", "qu"];

    // What training never saw, or what tokenizers get wrong: bytes, spaces of all kinds, the space's own piece, combining marks, surrogate pairs.
    private static readonly string[] Oddities =
        ["  ", "\t", "\u00A0", "\u2581", "\u2026", "€", "½", "\U0001F600", "\U0001F468\u200D\U0001F469", "e\u0301", "漢字", "\u0001", "<unk>", "<0x41>", "</s>", "ﬁ", "\uFEFF", "Ω"];

    private readonly string _directory = Directory.CreateTempSubdirectory("pocket-tts-spm-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [SentencePieceTheory]
    [InlineData("--pad_id=3")]
    [InlineData("--pad_id=3", "--add_dummy_prefix=false", "--vocab_size=420")]
    [InlineData("--pad_id=3", "--user_defined_symbols=<pause>,ing,12")]
    public async Task RandomTexts_GetTheIdsOfSentencePiece(params string[] options)
    {
        var random = new Random(Seed);
        await File.WriteAllLinesAsync(PathOf("corpus"), Enumerable.Range(0, 4000).Select(_ => Sentence(random)));
        await RunAsync(
            "spm_train",
            [
                $"--input={PathOf("corpus")}", $"--model_prefix={PathOf("m")}", "--vocab_size=500", "--byte_fallback=true", "--normalization_rule_name=identity",
                "--remove_extra_whitespaces=false", "--character_coverage=0.999", "--num_threads=1", "--minloglevel=1", .. options,
            ]);
        var texts = Enumerable.Range(0, Texts).Select(_ => Odd(random)).ToArray();
        await File.WriteAllTextAsync(PathOf("texts"), string.Join('\n', texts) + "\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        await RunAsync("spm_encode", [$"--model={PathOf("m.model")}", "--output_format=id", $"--input={PathOf("texts")}", $"--output={PathOf("ids")}"]);
        var expected = (await File.ReadAllTextAsync(PathOf("ids"))).Split('\n');

        var model = SentencePieceModel.Parse(await File.ReadAllBytesAsync(PathOf("m.model")), "m.model");
        List<UnigramTokenizer> tokenizers = [new(model)];
        if (options.Length == 1)
            tokenizers.Add(new UnigramTokenizer(AsJson(model))); // that form has neither flags nor pieces of the user

        Assert.Equal(Texts + 1, expected.Length);
        for (var i = 0; i < Texts; i++)
        {
            foreach (var tokenizer in tokenizers)
            {
                var ids = string.Join(' ', tokenizer.Encode(texts[i]).Select(t => t.Id.ToString(CultureInfo.InvariantCulture)));
                Assert.True(expected[i] == ids, $"'{texts[i]}' gives {ids}, SentencePiece gives {expected[i]}.");
            }
        }
    }

    /// <summary>The same vocabulary in the two files of sherpa-onnx.</summary>
    private static SentencePieceModel AsJson(SentencePieceModel model) => VocabularyJson.Parse(
        JsonSerializer.SerializeToUtf8Bytes(model.Pieces.Select((piece, id) => (piece.Text, id)).ToDictionary(p => p.Text, p => p.id)),
        JsonSerializer.SerializeToUtf8Bytes(model.Pieces.ToDictionary(p => p.Text, p => p.Score)),
        "vocab.json",
        "token_scores.json");

    private static string Sentence(Random random) =>
        string.Join(' ', Enumerable.Range(0, random.Next(3, 12)).Select(_ => Word(random))) + (random.Next(4) == 0 ? "?" : ".");

    private static string Word(Random random) => random.Next(12) == 0
        ? random.Next(2000).ToString(CultureInfo.InvariantCulture)
        : string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => Syllables[random.Next(Syllables.Length)])) + (random.Next(9) == 0 ? "," : "");

    private static string Odd(Random random)
    {
        var text = new StringBuilder();
        for (var parts = random.Next(0, 9); parts > 0; parts--)
        {
            text.Append(random.Next(4) switch
            {
                0 => Oddities[random.Next(Oddities.Length)],
                1 => new Rune(RandomScalar(random)).ToString(),
                2 => Word(random)[..1],
                _ => Word(random),
            });
            if (random.Next(2) == 0)
                text.Append(' ');
        }

        return text.ToString();
    }

    /// <summary>Any code point but surrogates and the ends of lines, which separate the texts here.</summary>
    private static int RandomScalar(Random random)
    {
        while (true)
        {
            var value = random.Next(3) == 0 ? random.Next(0x20, 0x17F) : random.Next(1, 0x110000);
            if (Rune.IsValid(value) && value is not ('\n' or '\r'))
                return value;
        }
    }

    private string PathOf(string file) => Path.Combine(_directory, file);

    private static async Task RunAsync(string program, IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {errors}");
    }
}
