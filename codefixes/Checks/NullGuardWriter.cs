using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MigrationKit.Analyzers;
using MigrationKit.Analyzers.Checks;

namespace MigrationKit.CodeFixes.Checks;

/// <summary>Writes the guard that <see cref="NullGuard"/> decided on.</summary>
internal static class NullGuardWriter
{
    private const string Pause = "TODO(MigrationKit " + RuleIds.UncheckedRead + "): nothing new was written; wait here, or the loop takes a whole processor until there is.";

    /// <param name="node">The site's read, with its <c>?.</c> chain.</param>
    /// <param name="action">The site's action.</param>
    public static void Write(TextEdits edits, SyntaxNode node, string action)
    {
        var parts = action.Substring(NullGuard.Prefix.Length).Split('\t');
        if (parts[0] == NullGuard.Coalesce)
        {
            WriteCoalesce(edits, (ExpressionSyntax)node, parts[1]);
            return;
        }

        if (parts[0] == NullGuard.Conditional)
        {
            edits.InsertShared(node.Span.End, "?");
            return;
        }

        var read = node.FirstAncestorOrSelf<StatementSyntax>()!;
        var statements = GuardedRegion.Following(read);
        var variable = SyntaxFacts.GetKeywordKind(parts[1]) == SyntaxKind.None ? parts[1] : "@" + parts[1];
        if (parts[0] == NullGuard.Continue)
            WriteContinue(edits, Number(parts[2]) is > 0 and var count ? statements[count - 1] : read, variable, asksForPause: parts[3] == "1");
        else
            WriteWrap(edits, statements[Number(parts[2])], statements[Number(parts[3])], variable);

        if (Number(parts[parts.Length - 1]) is >= 0 and var typeEnd)
            edits.InsertShared(typeEnd, "?");
    }

    private static int Number(string part) => int.Parse(part, CultureInfo.InvariantCulture);

    private static void WriteCoalesce(TextEdits edits, ExpressionSyntax read, string array)
    {
        var standsAlone = read.Parent
            is ArgumentSyntax or EqualsValueClauseSyntax or ReturnStatementSyntax or YieldStatementSyntax or ArrowExpressionClauseSyntax
            or AssignmentExpressionSyntax or LambdaExpressionSyntax or ForEachStatementSyntax or ForEachVariableStatementSyntax
            or ParenthesizedExpressionSyntax or InterpolationSyntax or InitializerExpressionSyntax or SwitchExpressionArmSyntax
            or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression };
        if (!standsAlone)
            edits.Insert(read.SpanStart, "(");
        edits.Insert(read.Span.End, $" ?? {array}.Empty<float>()" + (standsAlone ? "" : ")"));
    }

    private static void WriteContinue(TextEdits edits, StatementSyntax before, string variable, bool asksForPause)
    {
        var last = before.GetLastToken();
        if (!StatementEnds.EndsLine(last))
        {
            edits.Insert(before.Span.End, $" if ({variable} is null) {{ {(asksForPause ? $"/* {Pause} */ " : "")}continue; }}");
            return;
        }

        var lineEnd = edits.LineEndAt(before.SpanStart);
        var indent = edits.IndentAt(before.SpanStart);
        edits.Insert(StatementEnds.WithComments(last), $"{lineEnd}{indent}if ({variable} is null)" + Braces.Block(edits, lineEnd, indent, asksForPause ? new[] { "// " + Pause, "continue;" } : new[] { "continue;" }));
    }

    private static void WriteWrap(TextEdits edits, StatementSyntax first, StatementSyntax last, string variable)
    {
        var lastToken = last.GetLastToken();
        if (!StatementEnds.StartsLine(edits, first.SpanStart) || !StatementEnds.EndsLine(lastToken))
        {
            edits.Insert(first.SpanStart, $"if ({variable} is not null) {{ ");
            edits.Insert(last.Span.End, " }");
            return;
        }

        var lineEnd = edits.LineEndAt(first.SpanStart);
        var indent = edits.IndentAt(first.SpanStart);
        var start = StartWithComments(first);
        var end = StatementEnds.WithComments(lastToken);
        edits.Insert(start, $"if ({variable} is not null){lineEnd}{indent}{{{lineEnd}{indent}{edits.IndentUnit}");
        edits.Indent(TextSpan.FromBounds(start + 1, end));
        edits.Insert(end, lineEnd + indent + "}");
    }

    /// <summary>The start of the comments above a statement, or of the statement.</summary>
    private static int StartWithComments(StatementSyntax statement) =>
        statement.GetLeadingTrivia()
            .Where(trivia => !trivia.IsKind(SyntaxKind.WhitespaceTrivia) && !trivia.IsKind(SyntaxKind.EndOfLineTrivia))
            .Select(trivia => trivia.SpanStart)
            .DefaultIfEmpty(statement.SpanStart)
            .First();
}
