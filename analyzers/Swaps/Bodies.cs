using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Swaps;

/// <summary>The executable bodies and statement lists around a node.</summary>
internal static class Bodies
{
    /// <summary>The innermost block of a member, accessor, local function or lambda around a node, or the file for top-level statements;
    /// <see langword="null"/> where only an expression stands.</summary>
    public static SyntaxNode? Of(SyntaxNode node)
    {
        foreach (var ancestor in node.Ancestors())
        {
            switch (ancestor)
            {
                case BlockSyntax { Parent: BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax }:
                    return ancestor;
                case GlobalStatementSyntax { Statement: not LocalFunctionStatementSyntax }:
                    return ancestor.Parent;
                case AnonymousFunctionExpressionSyntax or ArrowExpressionClauseSyntax or MemberDeclarationSyntax:
                    return null;
            }
        }

        return null;
    }

    public static bool IsStatementList(SyntaxNode node) => node is BlockSyntax or SwitchSectionSyntax or CompilationUnitSyntax;

    /// <summary>The statement directly in <paramref name="list"/> that holds <paramref name="node"/>; for top-level code the global statement.</summary>
    public static SyntaxNode? StatementIn(SyntaxNode list, SyntaxNode node) => node.AncestorsAndSelf().FirstOrDefault(ancestor => ancestor.Parent == list);

    /// <summary>Whether a loop of the same body stands around <paramref name="node"/>.</summary>
    public static bool IsInLoop(SyntaxNode node, SyntaxNode body) =>
        node.AncestorsAndSelf().TakeWhile(ancestor => ancestor != body)
            .Any(ancestor => ancestor is WhileStatementSyntax or ForStatementSyntax or DoStatementSyntax or CommonForEachStatementSyntax);
}
