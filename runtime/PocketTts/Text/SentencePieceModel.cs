using System.Text;
using PocketTts.Onnx;

namespace PocketTts.Text;

/// <summary>What a piece of the vocabulary is for; the numbers are those of the file.</summary>
internal enum PieceKind
{
    Normal = 1,
    Unknown = 2,
    Control = 3,
    UserDefined = 4,
    Unused = 5,
    Byte = 6,
}

/// <summary>The vocabulary and the flags of a <c>tokenizer.model</c> (SentencePiece, Protocol Buffers).</summary>
internal sealed class SentencePieceModel
{
    private const int ByteCount = 256;
    private const ulong Unigram = 1;

    public SentencePieceModel(IReadOnlyList<(string Text, float Score, PieceKind Kind)> pieces, string location)
    {
        Pieces = pieces;
        UnknownId = IndexOf(PieceKind.Unknown);
        FirstByteId = IndexOf(PieceKind.Byte);
        if (UnknownId < 0 && FirstByteId < 0)
            throw new InvalidDataException($"'{location}' has neither an unknown piece nor byte pieces.");
        for (var value = 0; FirstByteId >= 0 && value < ByteCount; value++)
        {
            if (FirstByteId + value >= pieces.Count || pieces[FirstByteId + value].Text != $"<0x{value:X2}>")
                throw new InvalidDataException($"'{location}' lacks the byte piece <0x{value:X2}> at id {FirstByteId + value}.");
        }
    }

    public IReadOnlyList<(string Text, float Score, PieceKind Kind)> Pieces { get; }

    public int UnknownId { get; }

    /// <summary>The id of <c>&lt;0x00&gt;</c>; the other bytes follow. -1 without byte pieces.</summary>
    public int FirstByteId { get; }

    /// <summary>Whether a space is put in front of every text.</summary>
    public bool AddDummyPrefix { get; init; }

    /// <exception cref="InvalidDataException">The file is damaged, or normalises text in a way that is not supported.</exception>
    public static SentencePieceModel Parse(byte[] file, string location)
    {
        var pieces = new List<(string, float, PieceKind)>();
        var modelType = Unigram;
        bool addDummyPrefix = true, removeExtraWhitespace = true, escapeWhitespace = true, hasCharacterMap = false;
        foreach (var field in Fields(file, location))
        {
            if (field.Number == 1)
            {
                pieces.Add(ReadPiece(field.Bytes, location));
            }
            else if (field.Number == 2)
            {
                modelType = Fields(field.Bytes, location).Where(f => f.Number == 3).Select(f => f.Value).LastOrDefault(Unigram);
            }
            else if (field.Number == 3)
            {
                foreach (var setting in Fields(field.Bytes, location))
                {
                    hasCharacterMap |= setting is { Number: 2, Bytes.Length: > 0 };
                    addDummyPrefix = setting.Number == 3 ? setting.Value != 0 : addDummyPrefix;
                    removeExtraWhitespace = setting.Number == 4 ? setting.Value != 0 : removeExtraWhitespace;
                    escapeWhitespace = setting.Number == 5 ? setting.Value != 0 : escapeWhitespace;
                }
            }
        }

        if (modelType != Unigram)
            throw new InvalidDataException($"'{location}' is of model type {modelType}; only unigram models ({Unigram}) are supported.");
        if (hasCharacterMap || removeExtraWhitespace || !escapeWhitespace)
            throw new InvalidDataException($"'{location}' normalises text; only the identity normaliser of the published models is supported.");
        return new SentencePieceModel(pieces, location) { AddDummyPrefix = addDummyPrefix };
    }

    private int IndexOf(PieceKind kind)
    {
        for (var id = 0; id < Pieces.Count; id++)
        {
            if (Pieces[id].Kind == kind)
                return id;
        }

        return -1;
    }

    private static (string, float, PieceKind) ReadPiece(ReadOnlyMemory<byte> message, string location)
    {
        var (text, score, kind) = ("", 0f, PieceKind.Normal);
        foreach (var field in Fields(message, location))
        {
            if (field.Number == 1)
                text = Encoding.UTF8.GetString(field.Bytes.Span);
            else if (field.Number == 2)
                score = BitConverter.UInt32BitsToSingle((uint)field.Value);
            else if (field.Number == 3)
                kind = (PieceKind)field.Value;
        }

        return (text, score, kind);
    }

    private static IEnumerable<(int Number, ulong Value, ReadOnlyMemory<byte> Bytes)> Fields(ReadOnlyMemory<byte> message, string location) =>
        ProtoReader.Fields(message, () => new InvalidDataException($"'{location}' is not a whole SentencePiece model."));
}
