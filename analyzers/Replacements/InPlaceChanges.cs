using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Replacements;

/// <summary>Tells where code changes a value without assigning to it as a whole: a struct through its fields and methods.</summary>
internal static class InPlaceChanges
{
    public static bool IsChanged(ExpressionSyntax node, SemanticModel model, CancellationToken cancellationToken) =>
        ReplacementContext.IsWritten(node) || IsChangedInside(node, model, cancellationToken);

    /// <summary>Whether a part of the value is written to, or a method is called that may write to it.</summary>
    public static bool IsChangedInside(ExpressionSyntax node, SemanticModel model, CancellationToken cancellationToken)
    {
        while (model.GetTypeInfo(node, cancellationToken).Type is { IsValueType: true } && PartOf(node) is { } part)
        {
            if (model.GetSymbolInfo(part, cancellationToken).Symbol is IMethodSymbol { IsReadOnly: false, IsStatic: false, ContainingType.IsValueType: true } || ReplacementContext.IsWritten(part))
                return true;
            node = part;
        }

        return false;
    }

    /// <summary>Whether a reference to the variable, or to a part of it, is kept.</summary>
    public static bool IsAliased(ExpressionSyntax node) =>
        node.Parent is RefExpressionSyntax or PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression } || (PartOf(node) is { } part && IsAliased(part));

    private static ExpressionSyntax? PartOf(ExpressionSyntax node) => node.Parent switch
    {
        MemberAccessExpressionSyntax access when access.Expression == node => access,
        ElementAccessExpressionSyntax element when element.Expression == node => element,
        ParenthesizedExpressionSyntax parenthesized => parenthesized,
        _ => null,
    };
}
