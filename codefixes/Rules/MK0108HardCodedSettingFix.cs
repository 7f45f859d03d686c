using System.Composition;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using MigrationKit.Analyzers;
using MigrationKit.Analyzers.Rules;
using MigrationKit.Analyzers.Swaps;
using MigrationKit.CodeFixes.Swaps;

namespace MigrationKit.CodeFixes.Rules;

/// <summary>MK0108: a hard-coded size becomes a setting; the command line also writes the value into <c>config.yaml</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MK0108HardCodedSettingFix() : MigrationCodeFix(RuleIds.HardCodedSetting, order: 60, "Read from config.yaml, which must hold the value")
{
    internal override void Rewrite(FixContext fix)
    {
        // The declaration comes first: it may be inserted at the very place where a constant starts.
        foreach (var (node, action) in fix.Sites.Reverse())
        {
            var parts = SwapActions.Parts(action);
            switch (parts[0])
            {
                case MK0108HardCodedSettingAnalyzer.Keep:
                    break;
                case MK0108HardCodedSettingAnalyzer.Read:
                    fix.Edits.Replace(node.Span, parts[1]);
                    break;
                case MK0108HardCodedSettingAnalyzer.Variable:
                    var local = node.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>()!;
                    var keyword = local.Modifiers.First(modifier => modifier.IsKind(SyntaxKind.ConstKeyword));
                    fix.Edits.Delete(TextSpan.FromBounds(keyword.SpanStart, keyword.GetNextToken().SpanStart));
                    fix.Edits.Replace(local.Declaration.Variables[0].Initializer!.Value.Span, parts[1]);
                    break;
                case MK0108HardCodedSettingAnalyzer.Remove:
                    fix.Edits.Delete(LinesOf(fix.Edits.Text, (FieldDeclarationSyntax)node));
                    break;
                default:
                    SwapWriter.WriteShared(fix.Edits, node, parts);
                    break;
            }
        }
    }

    /// <summary>The field with its line, and the blank line behind it where one stays above it.</summary>
    private static TextSpan LinesOf(SourceText text, FieldDeclarationSyntax field)
    {
        var (first, last) = (text.Lines.GetLineFromPosition(field.SpanStart), text.Lines.GetLineFromPosition(field.Span.End));
        var ownsLines = text.ToString(TextSpan.FromBounds(first.Start, field.SpanStart)).All(char.IsWhiteSpace)
            && text.ToString(TextSpan.FromBounds(field.Span.End, last.End)).All(char.IsWhiteSpace);
        if (!ownsLines)
            return field.Span;

        var isLastOfBlock = first.LineNumber == 0 || IsBlank(text.Lines[first.LineNumber - 1]) || text.Lines[first.LineNumber - 1].ToString().TrimEnd().EndsWith("{", System.StringComparison.Ordinal);
        var next = last.LineNumber + 1 < text.Lines.Count ? text.Lines[last.LineNumber + 1] : last;
        return TextSpan.FromBounds(first.Start, isLastOfBlock && next != last && IsBlank(next) ? next.EndIncludingLineBreak : last.EndIncludingLineBreak);
    }

    private static bool IsBlank(TextLine line) => line.ToString().All(char.IsWhiteSpace);
}
