using System.Text.RegularExpressions;

namespace PocketTts.Text;

/// <summary>
/// Cuts a long text into chunks that a model speaks well: at sentence ends, else at commas, else at dashes and brackets, packed up to a number of
/// tokens.
/// </summary>
/// <remarks>
/// Method: kyutai-labs/pocket-tts (MIT), with a guard for decimal points. Pieces are cut out of the text itself, not decoded from tokens, so
/// nothing of it is lost. Immutable and thread-safe.
/// </remarks>
internal sealed partial class TextSplitter(UnigramTokenizer tokenizer, TextPreparation preparation)
{
    private readonly HashSet<long> _sentenceEnds = MarkIds(tokenizer, ".!...?");
    private readonly HashSet<long> _clauseEnds = MarkIds(tokenizer, ",;:");

    /// <param name="text">Any text with something in it.</param>
    /// <param name="maxTokens">The wish: a piece without any mark stays whole beyond it.</param>
    /// <param name="mostTokens">The limit: beyond it a piece is cut at the space nearest to its middle.</param>
    /// <exception cref="ArgumentException">There is nothing but white space.</exception>
    public List<string> Split(string text, int maxTokens, int mostTokens)
    {
        var chunks = new List<string>();
        var (current, currentTokens) = ("", 0);
        foreach (var (piece, tokens) in Pieces(preparation.Prepare(text).Text.Trim(), maxTokens))
        {
            if (current.Length > 0 && currentTokens + tokens > maxTokens)
            {
                chunks.Add(current);
                (current, currentTokens) = ("", 0);
            }

            current = current.Length == 0 ? piece : $"{current} {piece}";
            currentTokens += tokens;
        }

        chunks.Add(current);
        return [.. chunks.SelectMany(c => Halve(c, mostTokens))];
    }

    private IEnumerable<(string Text, int Tokens)> Pieces(string text, int maxTokens)
    {
        foreach (var sentence in Cut(text, _sentenceEnds))
        {
            if (sentence.Tokens <= maxTokens)
            {
                yield return sentence;
                continue;
            }

            foreach (var clause in Cut(sentence.Text, _clauseEnds))
            {
                if (clause.Tokens <= maxTokens)
                {
                    yield return clause;
                    continue;
                }

                foreach (var part in Asides().Split(clause.Text).Select(p => p.Trim()).Where(p => p.Length > 0))
                    yield return (part, tokenizer.Encode(part).Count);
            }
        }
    }

    /// <summary>The pieces between runs of <paramref name="ends"/>; each keeps the run that ends it.</summary>
    private IEnumerable<(string Text, int Tokens)> Cut(string text, HashSet<long> ends)
    {
        var tokens = tokenizer.Encode(text);
        var first = 0;
        for (var i = 1; i <= tokens.Count; i++)
        {
            var isCut = i == tokens.Count
                || (ends.Contains(tokens[i - 1].Id) && !ends.Contains(tokens[i].Id) && !IsDecimalPoint(text, tokens[i].Start));
            if (!isCut)
                continue;
            var piece = text[tokens[first].Start..tokens[i - 1].End].Trim();
            if (piece.Length > 0)
                yield return (piece, i - first);
            first = i;
        }
    }

    private IEnumerable<string> Halve(string chunk, int mostTokens)
    {
        if (tokenizer.Encode(chunk).Count <= mostTokens)
            return [chunk];
        var middle = chunk.Length / 2;
        var before = chunk.LastIndexOf(' ', middle);
        var after = chunk.IndexOf(' ', middle);
        var cut = before > 0 && (after < 0 || middle - before <= after - middle) ? before : after;
        return cut < 0 ? [chunk] : Halve(chunk[..cut].Trim(), mostTokens).Concat(Halve(chunk[cut..].Trim(), mostTokens));
    }

    private static bool IsDecimalPoint(string text, int next) =>
        next >= 2 && text[next - 1] == '.' && char.IsAsciiDigit(text[next - 2]) && char.IsAsciiDigit(text[next]);

    private static HashSet<long> MarkIds(UnigramTokenizer tokenizer, string marks) =>
        [.. tokenizer.Encode(marks).Select(t => t.Id).Where(id => id != tokenizer.MetaspaceId)];

    [GeneratedRegex(@"(?<=[\u2013\u2014)\]]|\s-\s)|(?=[(\[])")]
    private static partial Regex Asides();
}
