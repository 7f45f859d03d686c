using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MigrationKit.Analyzers;

/// <summary>Finds the identifiers of one name by the text: no node is made of anything else.</summary>
internal static class WrittenNames
{
    /// <summary>The nodes whose identifier is written as <paramref name="name"/>, with or without <c>@</c>, in source order; those in comments for documentation too.</summary>
    /// <param name="text">The whole text of <paramref name="root"/>, what surrounds it included.</param>
    public static List<SyntaxNode> In(SyntaxNode root, string text, string name)
    {
        var nodes = new List<SyntaxNode>();
        if (name.Length == 0)
            return nodes; // what is still to be typed

        for (var at = NameMarks.NextIdentifier(text, name, 0); at >= 0; at = NameMarks.NextIdentifier(text, name, at + name.Length))
        {
            var token = root.FindToken(root.FullSpan.Start + at, findInsideTrivia: true);
            var start = at > 0 && text[at - 1] == '@' ? at - 1 : at;
            if (token.SpanStart == root.FullSpan.Start + start && token.IsKind(SyntaxKind.IdentifierToken) && token.ValueText == name)
                nodes.Add(token.Parent!);
        }

        return nodes;
    }
}
