using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using MigrationKit.Analyzers;
using MigrationKit.CodeFixes.Checks;

namespace MigrationKit.CodeFixes.Rules;

/// <summary>MK0102: the result of <c>TripleBuffer.Read</c> is checked for null.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MK0102UncheckedReadFix() : MigrationCodeFix(RuleIds.UncheckedRead, order: 50, "Check for null")
{
    internal override void Rewrite(FixContext fix)
    {
        var (node, action) = fix.Sites.First();
        NullGuardWriter.Write(fix.Edits, node, action);
    }
}
