using System.Text.Json;

namespace PocketTts.Text;

/// <summary>The vocabulary of sherpa-onnx: <c>vocab.json</c> (piece → id) and <c>token_scores.json</c> (piece → score).</summary>
internal static class VocabularyJson
{
    private const int MostPieces = 1_000_000;

    /// <exception cref="InvalidDataException">A file is damaged, or they do not belong together.</exception>
    public static SentencePieceModel Parse(byte[] vocabulary, byte[] scores, string vocabularyLocation, string scoresLocation)
    {
        var ids = Read(vocabulary, vocabularyLocation);
        var scoreOf = Read(scores, scoresLocation);
        var pieces = new (string Text, float Score, PieceKind Kind)[ids.Count];
        foreach (var (text, id) in ids)
        {
            if (id < 0 || id >= pieces.Length || id != Math.Floor(id) || pieces[(int)id].Text is not null)
                throw new InvalidDataException($"'{vocabularyLocation}' gives '{text}' the id {id}; expected each of 0 to {pieces.Length - 1} once.");
            var kind = KindOf(text);
            if (!scoreOf.TryGetValue(text, out var score) && kind == PieceKind.Normal)
                throw new InvalidDataException($"'{scoresLocation}' has no score for '{text}', which '{vocabularyLocation}' lists.");
            pieces[(int)id] = (text, (float)score, kind);
        }

        return new SentencePieceModel(pieces, vocabularyLocation) { AddDummyPrefix = true };
    }

    private static PieceKind KindOf(string text) => text switch
    {
        "<unk>" => PieceKind.Unknown,
        "<s>" or "</s>" or "<pad>" => PieceKind.Control,
        ['<', '0', 'x', var high, var low, '>'] when char.IsAsciiHexDigitUpper(high) && char.IsAsciiHexDigitUpper(low) => PieceKind.Byte,
        _ => PieceKind.Normal,
    };

    private static Dictionary<string, double> Read(byte[] file, string location)
    {
        try
        {
            using var json = JsonDocument.Parse(file);
            var values = new Dictionary<string, double>(StringComparer.Ordinal);
            foreach (var entry in json.RootElement.EnumerateObject())
            {
                if (values.Count == MostPieces || !values.TryAdd(entry.Name, entry.Value.GetDouble()))
                    throw new InvalidDataException($"'{location}' lists '{entry.Name}' twice, or more than {MostPieces} pieces.");
            }

            return values;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException($"'{location}' is not a JSON object of numbers: {e.Message}", e);
        }
    }
}
