using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MigrationKit.Analyzers;
using MigrationKit.Analyzers.Rules;
using MigrationKit.Analyzers.Swaps;
using MigrationKit.CodeFixes.Swaps;

namespace MigrationKit.CodeFixes.Rules;

/// <summary>MK0106: <c>loader.LoadModel(...)</c> becomes <c>modelCache.GetOrLoad(loader, ...)</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MK0106UncachedModelFix() : MigrationCodeFix(RuleIds.UncachedModel, order: 40, "Load through a ModelCache")
{
    internal override void Rewrite(FixContext fix)
    {
        // The declaration comes first: it may be inserted at the very place where the call starts.
        foreach (var (node, action) in fix.Sites.Reverse())
        {
            var parts = SwapActions.Parts(action);
            switch (parts[0])
            {
                case MK0106UncachedModelAnalyzer.Call:
                    Call(fix.Edits, (InvocationExpressionSyntax)node, parts[1]);
                    break;
                case MK0106UncachedModelAnalyzer.Conditional:
                    Conditional(fix.Edits, (ConditionalAccessExpressionSyntax)node, parts[1], parts[2].Length > 0);
                    break;
                case MK0106UncachedModelAnalyzer.Group:
                    Group(fix.Edits, (MemberAccessExpressionSyntax)node, parts[1], parts[2].Length > 0);
                    break;
                default:
                    SwapWriter.WriteShared(fix.Edits, node, parts);
                    break;
            }
        }
    }

    private static void Call(TextEdits edits, InvocationExpressionSyntax call, string cache)
    {
        var access = (MemberAccessExpressionSyntax)call.Expression;
        var open = call.ArgumentList.OpenParenToken;
        var comma = "," + BlankAfter(edits.Text, open.Span.End);
        edits.Insert(call.SpanStart, cache + ".GetOrLoad(");
        if (IsBlank(edits.Text, access.Expression.Span.End, access.OperatorToken.SpanStart)
            && IsBlank(edits.Text, access.OperatorToken.Span.End, access.Name.SpanStart)
            && IsBlank(edits.Text, access.Name.Span.End, open.SpanStart))
        {
            edits.Replace(TextSpan.FromBounds(access.Expression.Span.End, open.Span.End), comma);
            return;
        }

        // Comments between the loader and the call stay where they are.
        edits.Replace(access.OperatorToken.Span, ",");
        edits.Delete(access.Name.Span);
        edits.Replace(open.Span, BlankAfter(edits.Text, open.Span.End));
    }

    private static void Conditional(TextEdits edits, ConditionalAccessExpressionSyntax access, string cache, bool needsParentheses)
    {
        var open = ((InvocationExpressionSyntax)access.WhenNotNull).ArgumentList.OpenParenToken;
        var head = $" is null ? null : {cache}.GetOrLoad({access.Expression},{BlankAfter(edits.Text, open.Span.End)}";
        edits.Replace(TextSpan.FromBounds(access.Expression.Span.End, open.Span.End), head);
        if (needsParentheses)
        {
            edits.Insert(access.SpanStart, "(");
            edits.Insert(access.Span.End, ")");
        }
    }

    private static void Group(TextEdits edits, MemberAccessExpressionSyntax group, string cache, bool needsParentheses)
    {
        edits.Insert(group.SpanStart, $"{(needsParentheses ? "(" : "")}(pthPath, indexPath) => {cache}.GetOrLoad(");
        edits.Replace(TextSpan.FromBounds(group.Expression.Span.End, group.Span.End), ", pthPath, indexPath)" + (needsParentheses ? ")" : ""));
    }

    private static string BlankAfter(SourceText text, int position) => position < text.Length && char.IsWhiteSpace(text[position]) ? "" : " ";

    private static bool IsBlank(SourceText text, int start, int end) => text.ToString(TextSpan.FromBounds(start, end)).All(char.IsWhiteSpace);
}
