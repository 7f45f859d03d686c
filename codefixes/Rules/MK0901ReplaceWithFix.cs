using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using MigrationKit.Analyzers;
using MigrationKit.Analyzers.Replacements;

namespace MigrationKit.CodeFixes.Rules;

/// <summary>MK0901: a member that carries <c>[ReplaceWith]</c> becomes what the attribute says.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MK0901ReplaceWithFix() : MigrationCodeFix(RuleIds.ReplaceWith, order: 30, "Use the declared replacement")
{
    internal override void Rewrite(FixContext fix)
    {
        foreach (var change in ReplacementEdits.Read(fix.Fact(Facts.Edits)!, fix.Start))
            fix.Edits.Replace(change.Span, change.NewText!);
        foreach (var directive in ReplacementEdits.Read(fix.Fact(Facts.Imports) ?? "", fix.Start))
            fix.Edits.InsertShared(directive.Span.Start, directive.NewText!, InsertionPlace.Directive);
    }
}
