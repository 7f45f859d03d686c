using PocketTts.Onnx;
using PocketTts.Text;

namespace PocketTts.Tests;

/// <summary>Writes SentencePiece models for tests.</summary>
internal static class Vocabulary
{
    /// <summary>Unknown, control and byte pieces at their published ids (0–3, 4–259), then the given ones from 260.</summary>
    public static byte[] Write(IEnumerable<(string Text, float Score)> pieces, bool addDummyPrefix = true, string characterMap = "", bool removeExtraWhitespace = false)
    {
        var model = new ProtoWriter()
            .Message(1, Piece("<unk>", 0, PieceKind.Unknown))
            .Message(1, Piece("<s>", 0, PieceKind.Control))
            .Message(1, Piece("</s>", 0, PieceKind.Control))
            .Message(1, Piece("<pad>", 0, PieceKind.Control));
        for (var value = 0; value < 256; value++)
            model.Message(1, Piece($"<0x{value:X2}>", 0, PieceKind.Byte));
        foreach (var (text, score) in pieces)
            model.Message(1, Piece(text, score, PieceKind.Normal));
        var normalizer = new ProtoWriter().Text(1, "identity").Text(2, characterMap).Integer(3, addDummyPrefix ? 1 : 0).Integer(4, removeExtraWhitespace ? 1 : 0);
        return model.Message(3, normalizer).ToArray();
    }

    public static UnigramTokenizer Tokenizer(IEnumerable<(string Text, float Score)> pieces, bool addDummyPrefix = true) =>
        new(SentencePieceModel.Parse(Write(pieces, addDummyPrefix), "test"));

    /// <summary>Each word, with the space before it, and each mark is one token.</summary>
    public static UnigramTokenizer OfWords(string text)
    {
        var words = text.Split([' ', '.', '!', '?', ',', ';', ':', '"'], StringSplitOptions.RemoveEmptyEntries);
        var pieces = words.SelectMany(w => new[] { "\u2581" + w, w, "\u2581" + Capital(w), Capital(w) }).Concat([".", "!", "?", "...", ",", ";", ":", "\"", ".\"", "\u2581\"", "\u2581"]).Distinct();
        return Tokenizer(pieces.Select(p => (p, -1f)));
    }

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];

    private static ProtoWriter Piece(string text, float score, PieceKind kind) => new ProtoWriter().Text(1, text).Single(2, score).Integer(3, (int)kind);
}
