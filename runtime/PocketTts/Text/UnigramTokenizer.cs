using System.Text;

namespace PocketTts.Text;

/// <summary>A token and the part of the text it stands for.</summary>
internal readonly record struct Token(long Id, int Start, int End);

/// <summary>Cuts text into the pieces of a SentencePiece unigram model, along the path of the highest total score (Viterbi).</summary>
/// <remarks>
/// Immutable and thread-safe. Ids are those of SentencePiece (github.com/google/sentencepiece, Apache-2.0), except that a code point without a
/// piece gives one unknown id each, if the model has no byte pieces; SentencePiece would merge neighbours.
/// </remarks>
internal sealed class UnigramTokenizer
{
    public const char Metaspace = '\u2581';
    private const float UnknownPenalty = 10;
    private const double UserDefinedPenalty = 0.1;
    private const int NotReached = -1;
    private readonly SentencePieceModel _model;
    private readonly Dictionary<string, (int Id, double Score)>.AlternateLookup<ReadOnlySpan<char>> _pieces;
    private readonly int _longestPiece;
    private readonly float _unknownScore;

    public UnigramTokenizer(SentencePieceModel model)
    {
        _model = model;
        var normal = model.Pieces.Where(p => p.Kind == PieceKind.Normal).Select(p => p.Score).ToArray();
        var (lowest, highest) = normal.Length == 0 ? (0f, 0f) : (normal.Min(), Math.Max(normal.Max(), 0f));
        var pieces = new Dictionary<string, (int, double)>(StringComparer.Ordinal);
        for (var id = 0; id < model.Pieces.Count; id++)
        {
            var (text, score, kind) = model.Pieces[id];
            if (kind is not (PieceKind.Normal or PieceKind.UserDefined) || text.Length == 0)
                continue;

            // What users define wins over everything that is made of other pieces.
            pieces.TryAdd(text, (id, kind == PieceKind.Normal ? score : (Encoding.UTF8.GetByteCount(text) * highest) - UserDefinedPenalty));
            _longestPiece = Math.Max(_longestPiece, text.Length);
        }

        _pieces = pieces.GetAlternateLookup<ReadOnlySpan<char>>();
        _unknownScore = lowest - UnknownPenalty;
    }

    /// <summary>The lone space piece, which says nothing about a text; -1 if there is none.</summary>
    public int MetaspaceId => _pieces.TryGetValue([Metaspace], out var piece) ? piece.Id : -1;

    /// <summary>No token for an empty text; nothing is added for its beginning or end.</summary>
    public List<Token> Encode(string text)
    {
        var tokens = new List<Token>();
        if (text.Length == 0)
            return tokens;
        var prefix = _model.AddDummyPrefix ? 1 : 0;
        var normalized = (prefix == 1 ? " " + text : text).Replace(' ', Metaspace);

        var best = BestEdges(normalized);
        for (var end = normalized.Length; end > 0; end = best[end].Start)
        {
            var (start, id, _) = best[end];
            var from = Math.Max(0, start - prefix);
            var to = end - prefix;
            if (id >= 0)
                tokens.Add(new Token(id, from, to));
            else
                AddUnknown(tokens, normalized.AsSpan(start, end - start), from, to);
        }

        tokens.Reverse();
        return tokens;
    }

    /// <summary>For each position the last step of the best path to it; id -1 is an unknown code point.</summary>
    private (int Start, int Id, float Score)[] BestEdges(string text)
    {
        var best = new (int Start, int Id, float Score)[text.Length + 1];
        for (var i = 1; i < best.Length; i++)
            best[i].Start = NotReached;

        for (var start = 0; start < text.Length;)
        {
            Rune.DecodeFromUtf16(text.AsSpan(start), out _, out var width);
            var hasSingle = false;
            for (var length = 1; length <= _longestPiece && start + length <= text.Length; length++)
            {
                if (!_pieces.TryGetValue(text.AsSpan(start, length), out var piece))
                    continue;
                hasSingle |= length == width;
                Relax(start, start + length, piece.Id, best[start].Score + piece.Score);
            }

            if (!hasSingle)
                Relax(start, start + width, -1, best[start].Score + _unknownScore);
            start += width;
        }

        return best;

        // Sums are compared in double precision and kept in single, as SentencePiece does: paths that are nearly as good depend on it.
        void Relax(int start, int end, int id, double total)
        {
            if (best[end].Start == NotReached || total > best[end].Score)
                best[end] = (start, id, (float)total);
        }
    }

    /// <summary>In reverse, as the caller collects from the end.</summary>
    private void AddUnknown(List<Token> tokens, ReadOnlySpan<char> codePoint, int from, int to)
    {
        if (_model.FirstByteId < 0)
        {
            tokens.Add(new Token(_model.UnknownId, from, to));
            return;
        }

        Span<byte> utf8 = stackalloc byte[4];
        Rune.DecodeFromUtf16(codePoint, out var rune, out _);
        for (var i = rune.EncodeToUtf8(utf8) - 1; i >= 0; i--)
            tokens.Add(new Token(_model.FirstByteId + utf8[i], from, to));
    }
}
