using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using MigrationKit.Analyzers;
using MigrationKit.CodeFixes.Checks;

namespace MigrationKit.CodeFixes.Rules;

/// <summary>MK0110: a lease is checked for, and released at the end of its scope.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MK0110UnreleasedLeaseFix() : MigrationCodeFix(RuleIds.UnreleasedLease, order: 50, "Check and release the lease")
{
    internal override void Rewrite(FixContext fix)
    {
        var (node, action) = fix.Sites.First();
        if (action == "using")
            fix.Edits.Insert(node.SpanStart, "using ");
        else
            ResultCheckWriter.Write(fix.Edits, node, action);
    }
}
