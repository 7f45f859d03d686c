using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace MigrationKit.CodeFixes.Checks;

/// <summary>Puts braces, each on its own line, around code that had none.</summary>
/// <remarks>No edit made here spans a line end of the file, so that <see cref="TextEdits.Indent"/> stays possible around it.</remarks>
internal static class Braces
{
    /// <summary>A line end and a block of <paramref name="statements"/>, each on its own line.</summary>
    public static string Block(TextEdits edits, string lineEnd, string indent, IEnumerable<string> statements) =>
        lineEnd + indent + "{"
        + string.Concat(statements.Select(statement => lineEnd + indent + edits.IndentUnit + statement))
        + lineEnd + indent + "}";

    /// <summary>Opens a block between a token, which stays, and what follows it.</summary>
    /// <param name="indent">The indentation of the braces.</param>
    /// <returns>The indentation of <paramref name="content"/> in the block.</returns>
    public static string OpenAfter(TextEdits edits, SyntaxToken before, SyntaxNode content, string indent)
    {
        var lineEnd = edits.LineEndAt(before.SpanStart);
        if (HasLineEnd(edits, before.Span.End, content.SpanStart))
        {
            edits.Insert(StatementEnds.WithComments(before), lineEnd + indent + "{");
            return edits.IndentAt(content.SpanStart);
        }

        edits.Replace(BlanksFrom(edits, before.Span.End), lineEnd + indent + "{" + lineEnd + indent + edits.IndentUnit);
        IndentInside(edits, content);
        return indent + edits.IndentUnit;
    }

    /// <summary>Opens a block in the place of the <c>=&gt;</c> of a member.</summary>
    /// <inheritdoc cref="OpenAfter"/>
    public static string OpenInPlaceOf(TextEdits edits, SyntaxToken arrow, SyntaxNode content, string indent)
    {
        var before = arrow.GetPreviousToken();
        var lineEnd = edits.LineEndAt(before.SpanStart);
        if (HasLineEnd(edits, before.Span.End, arrow.SpanStart))
        {
            edits.Insert(StatementEnds.WithComments(before), lineEnd + indent + "{");
            edits.Delete(TextSpan.FromBounds(arrow.SpanStart, BlanksFrom(edits, arrow.Span.End).End));
            return edits.IndentAt(content.SpanStart);
        }

        var start = arrow.SpanStart;
        while (edits.Text[start - 1] is ' ' or '\t')
            start--;
        if (HasLineEnd(edits, arrow.Span.End, content.SpanStart))
        {
            edits.Replace(TextSpan.FromBounds(start, arrow.Span.End), lineEnd + indent + "{");
            return edits.IndentAt(content.SpanStart);
        }

        edits.Replace(TextSpan.FromBounds(start, BlanksFrom(edits, arrow.Span.End).End), lineEnd + indent + "{" + lineEnd + indent + edits.IndentUnit);
        IndentInside(edits, content);
        return indent + edits.IndentUnit;
    }

    /// <summary>Indents the lines of a node but for what is inserted at its end.</summary>
    public static void IndentInside(TextEdits edits, SyntaxNode node) => edits.Indent(TextSpan.FromBounds(node.SpanStart, node.Span.End - 1));

    /// <summary>The blanks at <paramref name="position"/>, up to the end of the line.</summary>
    public static TextSpan BlanksFrom(TextEdits edits, int position)
    {
        var end = position;
        while (end < edits.Text.Length && edits.Text[end] is ' ' or '\t')
            end++;
        return TextSpan.FromBounds(position, end);
    }

    private static bool HasLineEnd(TextEdits edits, int start, int end) =>
        edits.Text.ToString(TextSpan.FromBounds(start, end)).IndexOf('\n') >= 0;
}
