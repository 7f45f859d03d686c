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
        var (node, action) = fix.Sites.First();
        var name = node as SimpleNameSyntax ?? node.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Last();
        fix.Edits.Replace(name.Identifier.Span, action.Substring(MK0003TtsMethodNameAnalyzer.Rename.Length));
    }
}
