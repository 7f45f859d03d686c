using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Text;
using MigrationKit.Analyzers;
using MigrationKit.Analyzers.Rules;
using MigrationKit.CodeFixes.Checks;

namespace MigrationKit.CodeFixes.Rules;

/// <summary>MK0110: a lease is checked for, and released at the end of its scope.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MK0110UnreleasedLeaseFix() : MigrationCodeFix(RuleIds.UnreleasedLease, order: 50, "Check and release the lease")
{
    internal override void Rewrite(FixContext fix)
    {
        foreach (var (node, action) in fix.Sites)
        {
            if (action == MK0110UnreleasedLeaseAnalyzer.Using)
                fix.Edits.Insert(node.SpanStart, "using ");
            else if (action == MK0110UnreleasedLeaseAnalyzer.Remove)
                fix.Edits.Delete(WholeLine(fix.Edits, node));
            else
                ResultCheckWriter.Write(fix.Edits, node, action);
        }
    }

    /// <summary>The statement with its line where it is all of it, else with the blanks behind it.</summary>
    private static TextSpan WholeLine(TextEdits edits, SyntaxNode statement)
    {
        var line = edits.Text.Lines.GetLineFromPosition(statement.SpanStart);
        var isAlone = StatementEnds.StartsLine(edits, statement.SpanStart) && string.IsNullOrWhiteSpace(edits.Text.ToString(TextSpan.FromBounds(statement.Span.End, System.Math.Max(statement.Span.End, line.End))));
        return isAlone && statement.Span.End <= line.End
            ? line.SpanIncludingLineBreak
            : TextSpan.FromBounds(statement.SpanStart, Braces.BlanksFrom(edits, statement.Span.End).End);
    }
}
