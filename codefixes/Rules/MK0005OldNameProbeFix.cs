using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using MigrationKit.Analyzers;

namespace MigrationKit.CodeFixes.Rules;

/// <summary>MK0005: the new name in a string that reflection looks up.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MK0005OldNameProbeFix() : MigrationCodeFix(RuleIds.OldNameProbe, order: 50, "Look for the new name")
{
    internal override void Rewrite(FixContext fix)
    {
        var (node, newText) = fix.Sites.First();
        fix.Edits.Replace(node.Span, newText);
    }
}
