using PocketTts.Onnx;
using PocketTts.Text;

namespace PocketTts.Tone;

/// <summary>The vocabulary of the tone voice, as a SentencePiece model: one piece per character, so every text has one segmentation.</summary>
internal static class ToneTokenizer
{
    private const int NormalKind = 1, UnknownKind = 2, ControlKind = 3;

    // Marks have pieces of their own, although they sound alike, because text is cut into chunks at them.
    private const string Characters = "\u2581abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.!?\u2026,;:";
    private static readonly string[] Special = ["<unk>", "<s>", "</s>", "<pad>"];

    /// <summary>The class of every id, in order; the last row is the padding that the text table of a published model ends with.</summary>
    public static IEnumerable<int> Classes =>
        Special.Select(_ => ToneTable.OtherClass)
            .Concat(Characters.Select(c => ToneTable.ClassOf(c == UnigramTokenizer.Metaspace ? ' ' : c)))
            .Append(ToneTable.OtherClass);

    public static byte[] CreateModel()
    {
        var model = new ProtoWriter();
        for (var id = 0; id < Special.Length; id++)
            model.Message(1, Piece(Special[id], 0, id == 0 ? UnknownKind : ControlKind));
        foreach (var character in Characters)
            model.Message(1, Piece(character.ToString(), -1, NormalKind));

        const int unigram = 1;
        var trainer = new ProtoWriter().Integer(3, unigram).Integer(4, Special.Length + Characters.Length);
        var normalizer = new ProtoWriter()
            .Text(1, "identity")
            .Integer(3, 0)  // no space is put in front: the first tone is the first letter
            .Integer(4, 0)
            .Integer(5, 1);
        return model.Message(2, trainer).Message(3, normalizer).ToArray();
    }

    private static ProtoWriter Piece(string text, float score, int kind) => new ProtoWriter().Text(1, text).Single(2, score).Integer(3, kind);
}
