using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace MigrationKit.CodeFixes.Swaps;

/// <summary>Adds whole lines beside statements and members, with the neighbour's indentation and line end.</summary>
internal static class Lines
{
    /// <summary>Adds a statement before another one, below the comments above it.</summary>
    /// <param name="isHead">Whether the neighbour is the body of what is added, as of <c>using (...)</c>.</param>
    public static void AddBefore(TextEdits edits, SyntaxNode neighbour, string line, bool isHead = false)
    {
        var start = neighbour.SpanStart;
        edits.InsertShared(start, StartsLine(edits.Text, start) ? line + edits.LineEndAt(start) + edits.IndentAt(start) : line + " ", isHead ? InsertionPlace.Head : InsertionPlace.Before);
    }

    /// <summary>Adds a comment before a statement or member: on a line of its own, or where none is, in a form that ends before the code behind it.</summary>
    public static void AddCommentBefore(TextEdits edits, SyntaxNode neighbour, string comment) =>
        AddBefore(edits, neighbour, StartsLine(edits.Text, neighbour.SpanStart) ? "// " + comment : $"/* {comment} */");

    /// <summary>Adds a member before another one, above the comments that belong to it.</summary>
    public static void AddMemberBefore(TextEdits edits, SyntaxNode neighbour, string line)
    {
        var start = FirstComment(neighbour);
        var lineEnd = edits.LineEndAt(start);
        // Fields stand together, but a neighbour's comment must not seem to begin with the new member.
        var gap = start < neighbour.SpanStart || neighbour is not FieldDeclarationSyntax ? lineEnd : "";
        edits.InsertShared(start, StartsLine(edits.Text, start) ? line + lineEnd + gap + edits.IndentAt(start) : line + " ", InsertionPlace.Before);
    }

    /// <summary>Adds a statement after another one, behind a comment that ends its line.</summary>
    public static void AddAfter(TextEdits edits, SyntaxNode neighbour, string line)
    {
        var isLineEnd = neighbour.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia);
        var position = isLineEnd ? neighbour.GetTrailingTrivia().First(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)).SpanStart : neighbour.Span.End;
        edits.InsertShared(position, isLineEnd ? edits.LineEndAt(position) + edits.IndentAt(neighbour.SpanStart) + line : " " + line);
    }

    /// <summary>Makes a block of an expression body: <c>=&gt; a();</c> becomes <c>{ a(); line }</c>.</summary>
    public static void AddToExpressionBody(TextEdits edits, ArrowExpressionClauseSyntax arrow, string line)
    {
        var declaration = arrow.Parent!;
        var indent = edits.IndentAt(declaration.SpanStart);
        var lineEnd = edits.LineEndAt(declaration.SpanStart);
        var before = arrow.GetFirstToken().GetPreviousToken();
        var semicolon = declaration.ChildTokens().Last(token => token.IsKind(SyntaxKind.SemicolonToken));
        if (!StartsLine(edits.Text, declaration.SpanStart))
        {
            edits.Replace(arrow.ArrowToken.Span, "{");
            edits.Insert(semicolon.Span.End, $" {line} }}");
            return;
        }

        edits.Replace(TextSpan.FromBounds(before.Span.End, arrow.Expression.SpanStart), $"{lineEnd}{indent}{{{lineEnd}{indent}{edits.IndentUnit}");
        edits.Insert(semicolon.Span.End, $"{lineEnd}{indent}{edits.IndentUnit}{line}{lineEnd}{indent}}}");
    }

    private static int FirstComment(SyntaxNode member)
    {
        var start = member.SpanStart;
        foreach (var trivia in member.GetLeadingTrivia().Reverse())
        {
            if (trivia.IsDirective || trivia.IsKind(SyntaxKind.DisabledTextTrivia))
                break;
            if (trivia.IsKind(SyntaxKind.EndOfLineTrivia) && start == member.SpanStart && IsBlankLine(member, trivia))
                break;
            if (!trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia))
                start = trivia.FullSpan.Start;
        }

        return start;
    }

    private static bool IsBlankLine(SyntaxNode member, SyntaxTrivia lineEnd) =>
        member.GetLeadingTrivia() is var all && all.IndexOf(lineEnd) is var index
        && (index == 0 || all[index - 1].IsKind(SyntaxKind.EndOfLineTrivia));

    private static bool StartsLine(SourceText text, int position)
    {
        var line = text.Lines.GetLineFromPosition(position);
        return text.ToString(TextSpan.FromBounds(line.Start, position)).All(char.IsWhiteSpace);
    }
}
