using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Replacements;

/// <summary>Gives names to new locals: no identifier of the member around them, and none that another finding of the file takes there.</summary>
internal sealed class LocalNames(SemanticModel model)
{
    private readonly Dictionary<SyntaxNode, HashSet<string>> _taken = new();

    /// <param name="taken">Names that are about to be given to other locals of the same use.</param>
    public string For(string wanted, SyntaxNode use, IEnumerable<string> taken)
    {
        var known = new HashSet<string>(TakenAround(use).Concat(taken), StringComparer.Ordinal);
        var name = wanted;
        for (var number = 2; known.Contains(name) || model.LookupSymbols(use.SpanStart, name: name).Any(symbol => symbol is not ITypeSymbol); number++)
            name = wanted + number;
        return name;
    }

    /// <summary>Whether the member around the use has the name already, or another finding takes it there.</summary>
    public bool IsTaken(string name, SyntaxNode use) => TakenAround(use).Contains(name);

    /// <summary>Keeps names from being given again.</summary>
    public void Take(IEnumerable<string> names, SyntaxNode use) => TakenAround(use).UnionWith(names);

    /// <summary>A name as it is written.</summary>
    public static string Escape(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    private HashSet<string> TakenAround(SyntaxNode use)
    {
        var member = use.Ancestors().First(node => node is MemberDeclarationSyntax and not GlobalStatementSyntax or CompilationUnitSyntax);
        if (!_taken.TryGetValue(member, out var names))
        {
            names = new HashSet<string>(member.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken) && !IsOfAnother(token)).Select(token => token.ValueText), StringComparer.Ordinal);
            _taken.Add(member, names);
        }

        return names;
    }

    /// <summary>Whether the identifier names a parameter or a member of something else, which no local hides.</summary>
    private static bool IsOfAnother(SyntaxToken identifier) =>
        identifier.Parent is SimpleNameSyntax name && (name.Parent is NameColonSyntax || (name.Parent is MemberAccessExpressionSyntax access && access.Name == name));
}
