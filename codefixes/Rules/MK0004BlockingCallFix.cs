using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MigrationKit.Analyzers;
using MigrationKit.Analyzers.Rules;
using MigrationKit.Analyzers.Swaps;

namespace MigrationKit.CodeFixes.Rules;

/// <summary>MK0004: blocking calls of async functions are awaited.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MK0004BlockingCallFix() : MigrationCodeFix(RuleIds.BlockingCall, order: 50, "Await the asynchronous member")
{
    internal override void Rewrite(FixContext fix)
    {
        var (node, action) = fix.Sites.First();
        var parts = SwapActions.Parts(action);
        var (token, parentheses, configured) = (parts[1], parts[2], parts[3]);
        var name = (SimpleNameSyntax)node;
        var call = name.FirstAncestorOrSelf<InvocationExpressionSyntax>()!;

        var (head, tail) = ("await ", configured);
        if (parentheses.Length > 0)
            (head, tail) = ("(await ", configured + ")");
        if (parts[0] == MK0004BlockingCallAnalyzer.Loop)
        {
            fix.Edits.Insert(((ForEachStatementSyntax)call.Parent!).ForEachKeyword.SpanStart, "await ");
            head = "";
        }

        // Calls that start or end together are awaited one after the other, the inner one first: replaced tokens overlap, insertions would not.
        var first = call.GetFirstToken();
        var renamed = name.Identifier.Text + "Async";
        if (first == name.Identifier)
        {
            fix.Edits.Replace(first.Span, head + renamed);
        }
        else
        {
            fix.Edits.Replace(first.Span, head + first.Text);
            fix.Edits.Replace(name.Identifier.Span, renamed);
        }

        var argument = token.Length == 0 ? "" : $"{(call.ArgumentList.Arguments.Count > 0 ? ", " : "")}cancellationToken: {token}";
        var last = call.ArgumentList.Arguments.LastOrDefault();
        if (last is not null)
            fix.Edits.Insert(last.Span.End, argument);
        fix.Edits.Replace(call.ArgumentList.CloseParenToken.Span, (last is null ? argument : "") + ")" + tail);
    }
}
