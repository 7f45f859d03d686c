using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MigrationKit.CodeFixes.Checks;

/// <summary>Where statements begin and end on their lines, comments included.</summary>
internal static class StatementEnds
{
    /// <summary>Whether nothing but blanks stands before <paramref name="position"/> on its line.</summary>
    public static bool StartsLine(TextEdits edits, int position)
    {
        var line = edits.Text.Lines.GetLineFromPosition(position);
        return string.IsNullOrWhiteSpace(edits.Text.ToString(Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(line.Start, position)));
    }

    /// <summary>Whether nothing but blanks and comments that end on the same line follows the token on its line.</summary>
    public static bool EndsLine(SyntaxToken token) =>
        token.TrailingTrivia.All(trivia => IsOnOneLine(trivia) || trivia.IsKind(SyntaxKind.EndOfLineTrivia))
        && (token.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia) || token.GetNextToken(includeZeroWidth: true).IsKind(SyntaxKind.EndOfFileToken));

    /// <summary>The position behind the token and the comments that belong to its line, when it ends the line; else behind the token alone.</summary>
    public static int WithComments(SyntaxToken token)
    {
        if (!EndsLine(token))
            return token.Span.End;

        var comment = token.TrailingTrivia.LastOrDefault(trivia => trivia.IsKind(SyntaxKind.SingleLineCommentTrivia) || trivia.IsKind(SyntaxKind.MultiLineCommentTrivia));
        return comment.RawKind == 0 ? token.Span.End : comment.Span.End;
    }

    private static bool IsOnOneLine(SyntaxTrivia trivia) =>
        trivia.Kind() switch
        {
            SyntaxKind.WhitespaceTrivia or SyntaxKind.SingleLineCommentTrivia => true,
            SyntaxKind.MultiLineCommentTrivia => trivia.ToString().IndexOf('\n') < 0,
            _ => false,
        };
}
