using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace MigrationKit.Analyzers.Replacements;

/// <summary>Turns a use into its replacement with the smallest changes of the text.</summary>
/// <remarks>What the user wrote is never touched, so that uses inside an argument are fixed in the same pass and comments stay where they are.</remarks>
internal static class ReplacementEdits
{
    /// <summary>The changes, or <see langword="null"/> when a comment would be lost.</summary>
    public static ImmutableArray<TextChange>? Between(Use use, ExpressionSyntax replacement, Hoisting hoisting)
    {
        var pieces = use.Pieces.ToList();
        var places = replacement.GetAnnotatedNodes(Substitution.Piece).OrderBy(node => node.SpanStart)
            .Select(node => (Node: node, Index: int.Parse(node.GetAnnotations(Substitution.Piece).First().Data!, CultureInfo.InvariantCulture)))
            .ToList();
        if (!places.Zip(places.Skip(1), (first, second) => first.Index < second.Index).All(isOrdered => isOrdered))
            places.Clear();

        var changes = ImmutableArray.CreateBuilder<TextChange>();
        var (from, newFrom) = (use.Node.SpanStart, replacement.SpanStart);
        foreach (var (node, index) in places.Append((replacement, -1)))
        {
            var isEnd = index < 0;
            var (to, newTo) = isEnd ? (use.Node.Span.End, replacement.Span.End) : (pieces[index].SpanStart, node.SpanStart);
            if (!AddChange(changes, use.Node, TextSpan.FromBounds(from, to), replacement, TextSpan.FromBounds(newFrom, newTo), isEnd, trivia => hoisting.Keeps(trivia.Span, pieces)))
                return null;
            if (!isEnd)
                (from, newFrom) = (pieces[index].Span.End, node.Span.End);
        }

        // A piece that moves claims all of its text: a finding inside it waits for the next round, where it stands in the declaration.
        if (hoisting.Names.Keys.Any(index => !changes.Any(change => change.Span.Contains(pieces[index].Span))))
        {
            if (use.Node.DescendantTrivia().Any(trivia => !IsBlank(trivia) && !pieces.Any(piece => piece.Span.Contains(trivia.Span))))
                return null;
            changes.Clear();
            changes.Add(new TextChange(use.Node.Span, replacement.WithoutTrivia().ToFullString()));
        }

        return hoisting.Changes().Concat(changes).ToImmutableArray();
    }

    /// <summary>Writes changes as offsets to <paramref name="origin"/>, each as <c>offset:length:size:text</c>.</summary>
    public static string Write(ImmutableArray<TextChange> changes, int origin)
    {
        var result = new StringBuilder();
        foreach (var change in changes)
            result.Append(FormattableString.Invariant($"{change.Span.Start - origin}:{change.Span.Length}:{change.NewText!.Length}:{change.NewText}"));
        return result.ToString();
    }

    /// <inheritdoc cref="Write"/>
    public static IEnumerable<TextChange> Read(string written, int origin)
    {
        for (var at = 0; at < written.Length;)
        {
            var (offset, length, size) = (Number(), Number(), Number());
            yield return new TextChange(new TextSpan(origin + offset, length), written.Substring(at, size));
            at += size;

            int Number()
            {
                var end = written.IndexOf(':', at);
                var number = int.Parse(written.Substring(at, end - at), CultureInfo.InvariantCulture);
                at = end + 1;
                return number;
            }
        }
    }

    /// <summary>Replaces the tokens that differ between two of the user's expressions.</summary>
    private static bool AddChange(ImmutableArray<TextChange>.Builder changes, SyntaxNode old, TextSpan span, SyntaxNode now, TextSpan newSpan, bool isEnd, Func<SyntaxTrivia, bool> isKept)
    {
        var before = Tokens(old, span);
        var after = Tokens(now, newSpan);
        var first = 0;
        while (first < before.Count && first < after.Count && before[first].Text == after[first].Text)
            first++;
        var last = 0;
        while (last < before.Count - first && last < after.Count - first && before[before.Count - 1 - last].Text == after[after.Count - 1 - last].Text)
            last++;

        var (oldCount, newCount) = (before.Count - first - last, after.Count - first - last);
        if (oldCount == 0 && newCount == 0)
            return true;

        // White space comes from the template only where the old text has none to keep.
        var (previous, newPrevious) = first > 0 ? (before[first - 1].Span.End, after[first - 1].Span.End) : (span.Start, newSpan.Start);
        var (next, newNext) = last > 0 ? (before[before.Count - last].SpanStart, after[after.Count - last].SpanStart) : (span.End, newSpan.End);
        if (oldCount == 0)
        {
            var beforePiece = last == 0 && !isEnd;
            var text = Text(now, beforePiece ? TextSpan.FromBounds(after[first].SpanStart, newNext) : TextSpan.FromBounds(newPrevious, after[first + newCount - 1].Span.End));
            changes.Add(new TextChange(new TextSpan(beforePiece ? next : previous, 0), text));
            return true;
        }

        var (start, end) = (before[first].SpanStart, before[first + oldCount - 1].Span.End);
        if (newCount == 0)
        {
            if (IsBlank(old, TextSpan.FromBounds(end, next)))
                end = next;
            changes.Add(new TextChange(TextSpan.FromBounds(start, end), ""));
        }
        else
        {
            if (last == 0 && !isEnd && IsBlank(old, TextSpan.FromBounds(end, next)))
                end = next;
            var newStart = start == previous ? newPrevious : after[first].SpanStart;
            var newEnd = end == next ? newNext : after[first + newCount - 1].Span.End;
            changes.Add(new TextChange(TextSpan.FromBounds(start, end), Text(now, TextSpan.FromBounds(newStart, newEnd))));
        }

        return !old.DescendantTrivia().Any(trivia => TextSpan.FromBounds(start, end).OverlapsWith(trivia.Span) && !IsBlank(trivia) && !isKept(trivia));
    }

    private static List<SyntaxToken> Tokens(SyntaxNode node, TextSpan span) =>
        node.DescendantTokens().Where(token => token.Span.Length > 0 && span.Contains(token.Span)).ToList();

    private static string Text(SyntaxNode node, TextSpan span) => node.ToFullString().Substring(span.Start - node.FullSpan.Start, span.Length);

    private static bool IsBlank(SyntaxNode node, TextSpan span) => string.IsNullOrWhiteSpace(Text(node, span)) && Text(node, span).IndexOf('\n') < 0;

    private static bool IsBlank(SyntaxTrivia trivia) => trivia.IsKind(SyntaxKind.WhitespaceTrivia) || trivia.IsKind(SyntaxKind.EndOfLineTrivia);
}
