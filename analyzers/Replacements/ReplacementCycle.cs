using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Replacements;

/// <summary>Finds replacements that would be replaced without end.</summary>
internal static class ReplacementCycle
{
    /// <summary>Whether one of the members that the replacement uses is the replaced one, or says to be replaced by it, in any number of steps.</summary>
    public static bool LeadsBack(IEnumerable<ISymbol> calls, ReplaceWithDeclaration declaration)
    {
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var open = new Stack<ISymbol>(calls);
        while (open.Count > 0)
        {
            if (ReplaceWithDeclaration.Of(open.Pop()) is not { } next || !seen.Add(next.Member))
                continue;
            if (SymbolEqualityComparer.Default.Equals(next.Member, declaration.Member))
                return true;
            if (Template.Parse(next, CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Latest)).Template is not { } template)
                continue;

            foreach (var name in template.Expression.DescendantNodesAndSelf().OfType<SimpleNameSyntax>())
            {
                foreach (var member in next.Member.ContainingType.GetMembers(name.Identifier.ValueText))
                    open.Push(member);
            }
        }

        return false;
    }
}
