using System;
using System.Collections.Generic;
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
        var removed = new List<FieldDeclarationSyntax>();

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
                    removed.Add((FieldDeclarationSyntax)node);
                    break;
                default:
                    SwapWriter.WriteShared(fix.Edits, node, parts);
                    break;
            }
        }

        foreach (var place in PlacesOf(fix.Edits.Text, removed))
            fix.Edits.Delete(place);
    }

    /// <summary>The fields with their lines, and of the blank lines around them those that would stand at the start or end of a block or beside another one.</summary>
    private static IEnumerable<TextSpan> PlacesOf(SourceText text, IEnumerable<FieldDeclarationSyntax> fields)
    {
        var gone = new SortedSet<int>();
        foreach (var field in fields)
        {
            var (first, last) = (text.Lines.GetLineFromPosition(field.SpanStart), text.Lines.GetLineFromPosition(field.Span.End));
            var ownsLines = text.ToString(TextSpan.FromBounds(first.Start, field.SpanStart)).All(char.IsWhiteSpace)
                && text.ToString(TextSpan.FromBounds(field.Span.End, last.End)).All(char.IsWhiteSpace);
            if (ownsLines)
                gone.UnionWith(Enumerable.Range(first.LineNumber, last.LineNumber - first.LineNumber + 1));
            else
                yield return field.Span;
        }

        foreach (var line in gone.Where(line => !gone.Contains(line + 1)).ToList())
        {
            var (before, after) = (line, line + 1);
            while (gone.Contains(before))
                before--;
            if (before < 0 || after >= text.Lines.Count)
                continue;

            var above = text.Lines[before].ToString().Trim();
            if (IsBlank(text.Lines[after]) && (above.Length == 0 || above.EndsWith("{", StringComparison.Ordinal)))
                gone.Add(after);
            else if (above.Length == 0 && text.Lines[after].ToString().TrimStart().StartsWith("}", StringComparison.Ordinal))
                gone.Add(before);
        }

        foreach (var line in gone)
            yield return text.Lines[line].SpanIncludingLineBreak;
    }

    private static bool IsBlank(TextLine line) => line.ToString().All(char.IsWhiteSpace);
}
