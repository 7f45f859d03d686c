using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace MigrationKit.Corpus.Tests;

/// <summary>Makes of a file what it could look like while somebody types in it.</summary>
/// <remarks>The seed alone decides what happens, so a failing file is made again by its name.</remarks>
internal static class Mutation
{
    private static readonly string[] OldNames =
    [
        "RingBuffer", "AudioStream", "VoiceForgeApp", "ModelLoader", "TtsModel", "Generate", "Stream", "LoadVoice", "LoadModel", "steps", "eos", "Read", "Write", "Start", "Stop",
        "Initialize", "StartGoldenPath", "Available", "CapacitySamples", "TryAcquire", "Acquire", "Release", "SetProcessingCallback", "MissingMethodException", "nameof", "var",
    ];

    private static readonly string[] Unbalancing = ["{", "}", "(", ")", "[", ";", "\"", "$\"{", "\"\"\"", "/*", "=>", "?.", "new(", "await ", "#if X\n", "<"];

    private static readonly Func<Draft, CorpusFile?>[] Kinds = [Cut, Drop, Double, Swap, Unbalance, Rename, HalfType];

    /// <param name="within">Where tokens may change; the whole file when left out. What stands outside keeps its text, but may parse as something else.</param>
    public static CorpusFile Apply(CorpusFile file, int seed, TextSpan? within = null)
    {
        var span = within ?? new TextSpan(0, file.Text.Length);
        var tokens = file.Tree.GetRoot().DescendantTokens().Where(token => span.Contains(token.Span) && token.Span.Length > 0).ToList();
        var random = new Random(seed);
        var draft = new Draft(file, seed, span, tokens, random);

        // An empty file has no token to change, and one without identifiers none to rename: such a file stays what it was.
        return tokens.Count < 3 ? file with { Name = $"{file.Name} #{seed} unchanged" } : Kinds[random.Next(Kinds.Length)](draft) ?? Drop(draft)!;
    }

    private static CorpusFile Cut(Draft draft) => draft.Replace("cut", (TextSpan.FromBounds(draft.AnyToken().SpanStart, draft.Span.End), ""));

    private static CorpusFile Drop(Draft draft)
    {
        var first = draft.AnyIndex();
        var last = Math.Min(first + draft.Random.Next(4), draft.Tokens.Count - 1);
        return draft.Replace("drop", (TextSpan.FromBounds(draft.Tokens[first].SpanStart, draft.Tokens[last].Span.End), ""));
    }

    private static CorpusFile Double(Draft draft)
    {
        var first = draft.AnyIndex();
        var last = Math.Min(first + draft.Random.Next(6), draft.Tokens.Count - 1);
        var span = TextSpan.FromBounds(draft.Tokens[first].SpanStart, draft.Tokens[last].Span.End);
        return draft.Replace("double", (new TextSpan(span.End, 0), " " + draft.File.Text.Substring(span.Start, span.Length)));
    }

    private static CorpusFile Swap(Draft draft)
    {
        var (one, two) = (draft.AnyToken(), draft.AnyToken());
        return one.SpanStart < two.SpanStart ? draft.Replace("swap", (one.Span, two.Text), (two.Span, one.Text)) : draft.Replace("swap", (one.Span, one.Text + " " + two.Text));
    }

    private static CorpusFile Unbalance(Draft draft) =>
        draft.Replace("unbalance", (new TextSpan(draft.AnyToken().SpanStart, 0), Unbalancing[draft.Random.Next(Unbalancing.Length)]));

    /// <summary>Old names in place of some identifiers, and often a token lost besides.</summary>
    private static CorpusFile? Rename(Draft draft)
    {
        var share = 1 + draft.Random.Next(40);
        var edits = draft.Tokens.Where(token => token.IsKind(SyntaxKind.IdentifierToken) && draft.Random.Next(100) < share)
            .Select(token => (token.Span, OldNames[draft.Random.Next(OldNames.Length)])).ToList();
        if (draft.Random.Next(2) == 0 && draft.AnyToken() is var lost && !edits.Any(edit => edit.Span == lost.Span))
            edits.Add((lost.Span, ""));
        return edits.Count == 0 ? null : draft.Replace("rename", [.. edits.OrderBy(edit => edit.Span.Start)]);
    }

    /// <summary>A name typed to its middle, with the rest of the line not there yet.</summary>
    private static CorpusFile? HalfType(Draft draft)
    {
        var names = draft.Tokens.Where(token => token.IsKind(SyntaxKind.IdentifierToken)).ToList();
        if (names.Count == 0)
            return null;

        var name = names[draft.Random.Next(names.Count)];
        var end = draft.File.Text.IndexOf('\n', name.SpanStart);
        end = Math.Min(end < 0 ? draft.File.Text.Length : end, draft.Span.End);
        return draft.Replace("half-type", (TextSpan.FromBounds(name.SpanStart + (name.Span.Length + 1) / 2, Math.Max(end, name.Span.End)), draft.Random.Next(3) == 0 ? "." : ""));
    }

    private sealed record Draft(CorpusFile File, int Seed, TextSpan Span, List<SyntaxToken> Tokens, Random Random)
    {
        public int AnyIndex() => Random.Next(Tokens.Count);

        public SyntaxToken AnyToken() => Tokens[AnyIndex()];

        public CorpusFile Replace(string kind, params (TextSpan Span, string Text)[] edits)
        {
            var text = new StringBuilder();
            var at = 0;
            foreach (var (span, newText) in edits)
            {
                text.Append(File.Text, at, span.Start - at).Append(newText);
                at = span.End;
            }

            return new CorpusFile($"{File.Name} #{Seed} {kind}", text.Append(File.Text, at, File.Text.Length - at).ToString());
        }
    }
}
