using System;
using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MigrationKit.Analyzers;
using MigrationKit.Analyzers.Rules;

namespace MigrationKit.CodeFixes.Rules;

/// <summary>MK0105: silence as long as the input, where a callback returned something else.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MK0105ProcessingCallbackFix() : MigrationCodeFix(RuleIds.ProcessingCallback, order: 50, "Return silence of the right length")
{
    internal override void Rewrite(FixContext fix)
    {
        var (node, action) = fix.Sites.First();
        var newText = action.Substring(action.IndexOf(':') + 1);
        if (action.StartsWith(MK0105ProcessingCallbackAnalyzer.Resize, StringComparison.Ordinal))
        {
            fix.Edits.Replace(((ArrayCreationExpressionSyntax)node).Type.RankSpecifiers[0].Sizes[0].Span, newText);
        }
        else if (action.StartsWith(MK0105ProcessingCallbackAnalyzer.Replace, StringComparison.Ordinal))
        {
            fix.Edits.Replace(node.Span, newText);
        }
        else
        {
            if (node is AssignmentExpressionSyntax)
                fix.Edits.Insert(node.SpanStart, "(");
            fix.Edits.Insert(node.Span.End, (node is AssignmentExpressionSyntax ? ") ?? " : " ?? ") + newText);
        }
    }
}
