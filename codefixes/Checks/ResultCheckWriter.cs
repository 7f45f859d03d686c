using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MigrationKit.Analyzers.Checks;

namespace MigrationKit.CodeFixes.Checks;

/// <summary>Writes the check that <see cref="ResultCheck"/> decided on.</summary>
internal static class ResultCheckWriter
{
    /// <param name="node">The site's call or method group.</param>
    /// <param name="action">The site's action.</param>
    public static void Write(TextEdits edits, SyntaxNode node, string action)
    {
        var parts = action.Substring(ResultCheck.Prefix.Length).Split('\t');
        if (parts[0] == ResultCheck.Override)
        {
            WriteOverride(edits, node);
            return;
        }

        var failure = parts.Skip(1).ToArray();
        switch (node.Parent)
        {
            case not null when node is not (InvocationExpressionSyntax or ConditionalAccessExpressionSyntax):
                WriteMethodGroup(edits, node, failure);
                break;
            case ExpressionStatementSyntax statement:
                WriteStatement(edits, statement, node, failure);
                break;
            case ArrowExpressionClauseSyntax arrow:
                WriteMember(edits, arrow, node, failure);
                break;
            case LambdaExpressionSyntax lambda:
                WriteLambda(edits, lambda, node, failure);
                break;
        }

        if (parts[0] == ResultCheck.EndWithReturn)
            EndWithReturn(edits, node);
    }

    private static void WriteStatement(TextEdits edits, ExpressionStatementSyntax statement, SyntaxNode node, string[] failure)
    {
        var semicolon = statement.SemicolonToken;
        if (statement.Parent is not (BlockSyntax or GlobalStatementSyntax or SwitchSectionSyntax or LabeledStatementSyntax))
        {
            var indent = edits.IndentAt(statement.Parent!.SpanStart);
            var inner = Braces.OpenAfter(edits, statement.GetFirstToken().GetPreviousToken(), statement, indent);
            WriteCondition(edits, node);
            WriteBlock(edits, node, semicolon, inner, failure, closing: edits.LineEndAt(semicolon.SpanStart) + indent + "}");
        }
        else if (StatementEnds.StartsLine(edits, statement.SpanStart) && StatementEnds.EndsLine(semicolon))
        {
            WriteCondition(edits, node);
            WriteBlock(edits, node, semicolon, edits.IndentAt(statement.SpanStart), failure, closing: "");
        }
        else
        {
            WriteCondition(edits, node);
            edits.Replace(semicolon.Span, $"{EndOfCondition(node)} {{ {string.Join(" ", failure)} }}");
        }
    }

    private static void WriteMember(TextEdits edits, ArrowExpressionClauseSyntax arrow, SyntaxNode node, string[] failure)
    {
        var indent = edits.IndentAt(arrow.Parent!.SpanStart);
        var inner = Braces.OpenInPlaceOf(edits, arrow.ArrowToken, node, indent);
        var semicolon = arrow.GetLastToken().GetNextToken();
        WriteCondition(edits, node);
        WriteBlock(edits, node, semicolon, inner, failure, closing: edits.LineEndAt(semicolon.SpanStart) + indent + "}");
    }

    private static void WriteLambda(TextEdits edits, LambdaExpressionSyntax lambda, SyntaxNode node, string[] failure)
    {
        var lineEnd = edits.LineEndAt(node.SpanStart);
        var indent = edits.IndentAt(lambda.SpanStart);
        var inner = Braces.OpenAfter(edits, lambda.ArrowToken, node, indent);
        WriteCondition(edits, node);
        edits.Insert(node.Span.End, EndOfCondition(node) + Braces.Block(edits, lineEnd, inner, failure) + lineEnd + indent + "}");
    }

    private static void WriteMethodGroup(TextEdits edits, SyntaxNode node, string[] failure)
    {
        var lineEnd = edits.LineEndAt(node.SpanStart);
        var indent = edits.IndentAt(node.SpanStart);
        var inner = indent + edits.IndentUnit;
        edits.Insert(node.SpanStart, $"() =>{lineEnd}{indent}{{{lineEnd}{inner}if (!");
        Braces.IndentInside(edits, node);
        edits.Insert(node.Span.End, "())" + Braces.Block(edits, lineEnd, inner, failure) + lineEnd + indent + "}");
    }

    private static void WriteOverride(TextEdits edits, SyntaxNode node)
    {
        var method = node.FirstAncestorOrSelf<MethodDeclarationSyntax>()!;
        edits.Replace(method.ReturnType.Span, "bool");
        if (node.Parent is ExpressionStatementSyntax)
            edits.Insert(node.SpanStart, "return ");
    }

    private static void WriteCondition(TextEdits edits, SyntaxNode node) =>
        edits.Insert(node.SpanStart, node is ConditionalAccessExpressionSyntax ? "if (" : "if (!");

    private static string EndOfCondition(SyntaxNode node) => node is ConditionalAccessExpressionSyntax ? " == false)" : ")";

    /// <summary>Turns the semicolon into the end of the condition and the block; a comment behind it stays on its line.</summary>
    private static void WriteBlock(TextEdits edits, SyntaxNode node, SyntaxToken semicolon, string indent, string[] failure, string closing)
    {
        var lineEnd = edits.LineEndAt(semicolon.SpanStart);
        var end = StatementEnds.WithComments(semicolon);
        var comments = edits.Text.ToString(TextSpan.FromBounds(semicolon.Span.End, end));
        var block = Braces.Block(edits, lineEnd, indent, failure);

        // '} else': the branch goes on a line of its own, as the braces do.
        if (closing.Length > 0 && end == semicolon.Span.End && semicolon.GetNextToken() is var next && next.IsKind(SyntaxKind.ElseKeyword)
            && Braces.BlanksFrom(edits, end) is var blanks && blanks.End == next.SpanStart)
        {
            closing += lineEnd + edits.IndentAt(next.Parent!.Parent!.SpanStart);
            end = blanks.End;
        }

        edits.Replace(TextSpan.FromBounds(semicolon.SpanStart, end), EndOfCondition(node) + comments + block + closing);
    }

    private static void EndWithReturn(TextEdits edits, SyntaxNode node)
    {
        var last = node.FirstAncestorOrSelf<CompilationUnitSyntax>()!.Members
            .OfType<GlobalStatementSyntax>()
            .Last(member => member.Statement is not LocalFunctionStatementSyntax);
        var lastToken = last.GetLastToken();
        var line = edits.Text.Lines.GetLineFromPosition(last.Span.End);
        var indent = edits.IndentAt(last.SpanStart);
        if (!StatementEnds.EndsLine(lastToken))
            edits.InsertShared(last.Span.End, " return 0;");
        else if (line.End < line.EndIncludingLineBreak)
            edits.InsertShared(line.EndIncludingLineBreak, indent + "return 0;" + edits.LineEndAt(line.Start));
        else
            edits.InsertShared(line.End, edits.LineEndAt(line.Start) + indent + "return 0;");
    }
}
