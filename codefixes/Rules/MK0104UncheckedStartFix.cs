using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using MigrationKit.Analyzers;
using MigrationKit.CodeFixes.Checks;

namespace MigrationKit.CodeFixes.Rules;

/// <summary>MK0104: the result of <c>Start</c>, <c>Initialize</c> and <c>StartGoldenPath</c> is looked at.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MK0104UncheckedStartFix() : MigrationCodeFix(RuleIds.UncheckedStart, order: 50, "Check the result")
{
    internal override void Rewrite(FixContext fix)
    {
        var (node, action) = fix.Sites.First();
        ResultCheckWriter.Write(fix.Edits, node, action);
    }
}
