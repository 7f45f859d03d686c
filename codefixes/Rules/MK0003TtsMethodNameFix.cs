using System;
using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using MigrationKit.Analyzers;
using MigrationKit.Analyzers.Rules;

namespace MigrationKit.CodeFixes.Rules;

/// <summary>MK0003: the renamed methods of TtsModel.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MK0003TtsMethodNameFix() : MigrationCodeFix(RuleIds.TtsMethodName, order: 30, "Use the new method name")
{
    internal override void Rewrite(FixContext fix)
    {
        foreach (var (node, action) in fix.Sites)
        {
            if (action.StartsWith(MK0003TtsMethodNameAnalyzer.Cast, StringComparison.Ordinal))
                fix.Edits.Insert(node.SpanStart, action.Substring(MK0003TtsMethodNameAnalyzer.Cast.Length));
            else
                Rename(fix.Edits, (SimpleNameSyntax)node, action.Substring(MK0003TtsMethodNameAnalyzer.Rename.Length));
        }
    }

    private static void Rename(TextEdits edits, SimpleNameSyntax name, string newText)
    {
        edits.Replace(name.Identifier.Span, newText);
        var callee = MethodGroups.ExpressionOf(name);
        if (callee.Parent is InvocationExpressionSyntax call && call.Expression == callee)
            ArgumentMapper.Map(edits, call.ArgumentList, MigrationMap.RenamedMethods.First(row => row.New == newText).Parameters);
    }
}
