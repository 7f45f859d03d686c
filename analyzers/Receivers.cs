using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers;

/// <summary>Finds what a member is accessed on.</summary>
internal static class Receivers
{
    /// <summary>The receiver of a member name: <c>a</c> of <c>a.Name</c>, <c>a?.Name</c>, <c>a?.B.Name</c> (there <c>.B</c>); <see langword="null"/> for a bare name.</summary>
    public static ExpressionSyntax? Of(SimpleNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax access when access.Name == name => access.Expression,
        MemberBindingExpressionSyntax binding => ConditionOf(binding)?.Expression,
        _ => null,
    };

    /// <summary>The <c>a?.…</c> whose right side starts with <paramref name="node"/> or holds it.</summary>
    public static ConditionalAccessExpressionSyntax? ConditionOf(SyntaxNode node)
    {
        for (var current = node; current.Parent is { } parent; current = parent)
        {
            if (parent is ConditionalAccessExpressionSyntax conditional && conditional.WhenNotNull == current)
                return conditional;
            if (parent is StatementSyntax or MemberDeclarationSyntax or AnonymousFunctionExpressionSyntax)
                return null;
        }

        return null;
    }
}
