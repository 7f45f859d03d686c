using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace MigrationKit.Analyzers.Replacements;

/// <summary>Where a file takes one more <c>using</c>: among those that it has, in their order, or before everything else.</summary>
internal static class UsingPlace
{
    /// <returns>The insertion; <see langword="null"/> where a directive of the preprocessor decides on the text around it.</returns>
    public static TextChange? For(string name, SyntaxNode use, SourceText text)
    {
        var unit = (CompilationUnitSyntax)use.SyntaxTree.GetRoot();
        var usings = unit.Usings.Any(directive => directive.GlobalKeyword.IsKind(SyntaxKind.None))
            ? unit.Usings
            : use.Ancestors().OfType<BaseNamespaceDeclarationSyntax>().Select(space => space.Usings).FirstOrDefault(inside => inside.Count > 0);
        return usings.Count > 0 ? Among(usings, name, text) : AtTheTop(unit, name, text);
    }

    private static TextChange? Among(SyntaxList<UsingDirectiveSyntax> usings, string name, SourceText text)
    {
        if (usings.Any(directive => directive.ContainsDirectives && directive.GetLeadingTrivia().Any(trivia => trivia.IsDirective && !IsHarmless(trivia))))
            return null;

        var plain = usings.Where(directive => directive is { Alias: null, Name: not null } && directive.StaticKeyword.IsKind(SyntaxKind.None) && directive.GlobalKeyword.IsKind(SyntaxKind.None)).ToList();
        var isSystemFirst = plain.Count == 0 || plain.Select(directive => !IsSystem(directive.Name!.ToString())).SequenceEqual(plain.Select(directive => !IsSystem(directive.Name!.ToString())).OrderBy(isOther => isOther));
        var order = Comparer<string>.Create((one, other) => isSystemFirst && IsSystem(one) != IsSystem(other) ? (IsSystem(one) ? -1 : 1) : string.Compare(one, other, StringComparison.OrdinalIgnoreCase));
        var before = plain.LastOrDefault(directive => order.Compare(directive.Name!.ToString(), name) < 0) ?? usings.LastOrDefault(directive => directive.GlobalKeyword.IsKind(SyntaxKind.GlobalKeyword));
        if (before is null)
            return new TextChange(new TextSpan(usings[0].SpanStart, 0), $"using {name};{LineEnd(text)}{Indent(text, usings[0])}");

        var line = text.Lines.GetLineFromPosition(before.Span.End);
        return line.EndIncludingLineBreak > line.End && text.ToString(TextSpan.FromBounds(before.Span.End, line.End)).Trim() is var rest && (rest.Length == 0 || rest.StartsWith("//", StringComparison.Ordinal))
            ? new TextChange(new TextSpan(line.EndIncludingLineBreak, 0), $"{Indent(text, before)}using {name};{LineEnd(text)}")
            : new TextChange(new TextSpan(before.Span.End, 0), $" using {name};");
    }

    /// <summary>Behind a comment that a blank line sets off, such as a licence.</summary>
    private static TextChange? AtTheTop(CompilationUnitSyntax unit, string name, SourceText text)
    {
        var first = unit.Externs.Count > 0 ? unit.Externs.Last().GetLastToken().GetNextToken() : unit.GetFirstToken(includeZeroWidth: true);
        if (unit.Externs.Count > 0 || first.LeadingTrivia.Any(trivia => trivia.IsDirective))
            return null;

        var start = 0;
        for (var line = text.Lines.GetLineFromPosition(first.SpanStart).LineNumber - 1; line >= 0 && start == 0; line--)
        {
            if (text.Lines[line].ToString().Trim().Length == 0)
                start = text.Lines[line].EndIncludingLineBreak;
        }

        return new TextChange(new TextSpan(start, 0), $"using {name};{LineEnd(text)}{LineEnd(text)}");
    }

    private static bool IsSystem(string name) => name == "System" || name.StartsWith("System.", StringComparison.Ordinal);

    private static bool IsHarmless(SyntaxTrivia directive) => directive.Kind() is SyntaxKind.NullableDirectiveTrivia or SyntaxKind.PragmaWarningDirectiveTrivia;

    private static string Indent(SourceText text, SyntaxNode node)
    {
        var line = text.Lines.GetLineFromPosition(node.SpanStart);
        var before = text.ToString(TextSpan.FromBounds(line.Start, node.SpanStart));
        return before.Trim().Length == 0 ? before : "";
    }

    private static string LineEnd(SourceText text)
    {
        var line = text.Lines[0];
        return line.EndIncludingLineBreak > line.End ? text.ToString(TextSpan.FromBounds(line.End, line.EndIncludingLineBreak)) : "\n";
    }
}
