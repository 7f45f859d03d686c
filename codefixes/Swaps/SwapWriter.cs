using System;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MigrationKit.Analyzers;
using MigrationKit.Analyzers.Swaps;
using MigrationKit.CodeFixes.Checks;

namespace MigrationKit.CodeFixes.Swaps;

/// <summary>Writes the swap of a type at every place that its finding lists.</summary>
internal static class SwapWriter
{
    /// <param name="constructor">How the constructor's arguments map; <see langword="null"/> when they stay.</param>
    /// <param name="nameAll">Whether all constructor arguments are named.</param>
    public static void Write(FixContext fix, Signature? constructor = null, bool nameAll = false)
    {
        foreach (var (node, action) in fix.Sites)
        {
            var parts = SwapActions.Parts(action);
            switch (parts[0])
            {
                case SwapActions.Name:
                    fix.Edits.Replace(((SimpleNameSyntax)node).Identifier.Span, parts[1]);
                    break;
                case SwapActions.Text:
                    fix.Edits.Replace(node.Span, parts[1]);
                    break;
                case SwapActions.Create:
                    Create(fix.Edits, (BaseObjectCreationExpressionSyntax)node, constructor!, nameAll, parts[1], parts[2]);
                    break;
                case SwapActions.Move:
                    Move(fix.Edits, (EqualsValueClauseSyntax)node, int.Parse(parts[1], CultureInfo.InvariantCulture), parts[2]);
                    break;
                case SwapActions.ClearArguments:
                    if (((ArgumentListSyntax)node).Arguments is { Count: > 0 } arguments)
                        fix.Edits.Delete(arguments.Span);
                    break;
                case SwapActions.Lambda:
                    var isCast = node.Parent is CastExpressionSyntax;
                    fix.Edits.Insert(node.SpanStart, (isCast ? "(" : "") + parts[1]);
                    fix.Edits.Insert(node.Span.End, parts[2] + (isCast ? ")" : ""));
                    break;
                case SwapActions.Pool or SwapActions.Dispose:
                    WriteShared(fix.Edits, node, parts);
                    break;
                case SwapActions.Todo:
                    var anchor = node.AncestorsAndSelf().First(ancestor => ancestor is StatementSyntax or MemberDeclarationSyntax);
                    Lines.AddCommentBefore(fix.Edits, anchor, $"TODO(MigrationKit {fix.Rule}): {parts[1]}");
                    break;
                default:
                    if (action.StartsWith("check:", StringComparison.Ordinal))
                        ResultCheckWriter.Write(fix.Edits, node, action);
                    else
                        NullGuardWriter.Write(fix.Edits, node, action);
                    break;
            }
        }
    }

    /// <summary>Declares or disposes, beside a place, what several findings share.</summary>
    public static void WriteShared(TextEdits edits, SyntaxNode node, string[] parts)
    {
        switch (parts[0])
        {
            case SwapActions.Pool when parts[1] == "member":
                Lines.AddMemberBefore(edits, node, parts[2]);
                break;
            case SwapActions.Pool:
                Lines.AddBefore(edits, node, parts[2], isHead: parts[1] == "using");
                break;
            case SwapActions.Dispose when node is ArrowExpressionClauseSyntax arrow:
                Lines.AddToExpressionBody(edits, arrow, parts[1] + ".Dispose();");
                break;
            case SwapActions.Dispose:
                Lines.AddAfter(edits, node, parts[1] + ".Dispose();");
                break;
        }
    }

    private static void Create(TextEdits edits, BaseObjectCreationExpressionSyntax creation, Signature signature, bool nameAll, string size, string pool)
    {
        var arguments = creation.ArgumentList!;
        ArgumentMapper.Map(edits, arguments, signature, nameAll);
        if (size.Length > 0)
            edits.Replace(CallArguments.Find(arguments, signature, 0)!.Expression.Span, size);
        if (pool.Length > 0)
            AppendArgument(edits, arguments, $"bufferPool: {pool}");
    }

    /// <summary>Adds a last argument: on a line of its own where the last one has one, behind the comments that belong to the last one.</summary>
    private static void AppendArgument(TextEdits edits, ArgumentListSyntax arguments, string argument)
    {
        if (arguments.Arguments.Count == 0)
        {
            edits.Insert(arguments.OpenParenToken.Span.End, argument);
            return;
        }

        var last = arguments.Arguments.Last();
        var isOnOwnLine = last.GetFirstToken().GetPreviousToken().TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);
        if (isOnOwnLine && last.GetTrailingTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia)) is { Span.IsEmpty: false } endOfLine)
        {
            edits.Insert(last.Span.End, ",");
            edits.Insert(endOfLine.SpanStart, edits.LineEndAt(last.SpanStart) + edits.IndentAt(last.SpanStart) + argument);
            return;
        }

        var comment = last.GetTrailingTrivia().LastOrDefault(trivia => trivia.IsKind(SyntaxKind.MultiLineCommentTrivia));
        var position = comment == default ? last.Span.End : comment.Span.End;
        edits.Insert(position, isOnOwnLine ? $",{edits.LineEndAt(last.SpanStart)}{edits.IndentAt(last.SpanStart)}{argument}" : $", {argument}");
    }

    private static void Move(TextEdits edits, EqualsValueClauseSyntax initializer, int position, string name)
    {
        var end = initializer.Parent is PropertyDeclarationSyntax property ? property.SemicolonToken.Span.End : initializer.Span.End;
        var cut = TextSpan.FromBounds(initializer.GetFirstToken().GetPreviousToken().Span.End, end);

        // A comment behind the brace stays there, and a body on one line stays on it.
        var brace = initializer.SyntaxTree.GetRoot().FindToken(position - 1);
        var endOfLine = brace.TrailingTrivia.FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        if (endOfLine == default)
            edits.Move(initializer.Value.Span, cut, position, $" {name} = ", ";");
        else
            edits.Move(initializer.Value.Span, cut, endOfLine.SpanStart, $"{edits.LineEndAt(position)}{edits.IndentAt(position)}{edits.IndentUnit}{name} = ", ";");
    }
}
