using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Replacements;

/// <summary>Checks that the code around a use keeps its meaning.</summary>
internal static class ReplacementContext
{
    public static string? Check(ExpressionSyntax node, BoundTemplate bound, SemanticModel model, CancellationToken cancellationToken)
    {
        var replacement = bound.Expression;
        if (IsSetByInitializer(node) && replacement is not SimpleNameSyntax)
            return "an object initializer sets the member, and the replacement is no member of the same object";
        if (IsVariable(model.GetSymbolInfo(node, cancellationToken).Symbol) != IsVariable(bound.Model.GetSymbolInfo(replacement, cancellationToken).Symbol)
            && InPlaceChanges.IsChangedInside(node, model, cancellationToken))
        {
            return "the code changes the value in place, and one of the two members gives a copy";
        }

        if (InferredNames.Differ(node, replacement, model, cancellationToken))
            return "its name is also the name of a member of the anonymous object or tuple";
        if (model.GetConstantValue(node, cancellationToken).HasValue && bound.Model.GetConstantValue(replacement, cancellationToken) is { HasValue: true, Value: var value }
            && SwitchLabels.Have(node, value, model, cancellationToken))
        {
            return "the 'switch' has a case for the replacement's value already";
        }

        if (IsWritten(node) && !IsWritable(bound.Model.GetSymbolInfo(replacement, cancellationToken).Symbol, node))
            return "the member is written to, and the replacement cannot be";
        if (model.GetConstantValue(node, cancellationToken).HasValue && !bound.Model.GetConstantValue(replacement, cancellationToken).HasValue)
            return "the member is a constant, and the replacement is none";

        var type = model.GetTypeInfo(node, cancellationToken);
        if (IsStatement(node) || type.Type?.SpecialType == SpecialType.System_Void)
        {
            if (!IsStatementExpression(replacement))
                return "the replacement is no statement of its own";
            if (IsStatement(node))
                return null;
        }

        var newType = bound.Model.GetTypeInfo(replacement, cancellationToken);
        if (type.Type is null)
        {
            return SymbolEqualityComparer.Default.Equals(type.ConvertedType, newType.ConvertedType) && bound.Model.GetConversion(replacement, cancellationToken).Exists
                && KeepsCallsAround(node, bound, model, cancellationToken)
                ? null
                : "the new method does not become the same delegate";
        }

        if (SymbolEqualityComparer.Default.Equals(type.Type, newType.Type))
            return null;

        var isVar = node.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Type.IsVar: true } } };
        return isVar || !SymbolEqualityComparer.Default.Equals(type.ConvertedType, newType.ConvertedType)
            || !bound.Model.GetConversion(replacement, cancellationToken).IsImplicit || !KeepsCallsAround(node, bound, model, cancellationToken)
            ? "the replacement has another type, which the code around it depends on"
            : null;
    }

    private static bool KeepsCallsAround(ExpressionSyntax node, BoundTemplate bound, SemanticModel model, CancellationToken cancellationToken)
    {
        var pairs = node.Ancestors().Zip(bound.Expression.Ancestors(), (old, now) => (Old: old, New: now)).TakeWhile(pair => pair.Old is ExpressionSyntax or ArgumentSyntax or ArgumentListSyntax);
        return pairs.Where(pair => pair.Old is ExpressionSyntax)
            .All(pair => SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(pair.Old, cancellationToken).Symbol, bound.Model.GetSymbolInfo(pair.New, cancellationToken).Symbol)
                && SymbolEqualityComparer.Default.Equals(model.GetTypeInfo(pair.Old, cancellationToken).Type, bound.Model.GetTypeInfo(pair.New, cancellationToken).Type));
    }

    private static bool IsStatement(SyntaxNode node) =>
        node.Parent is ExpressionStatementSyntax || (node.Parent is ConditionalAccessExpressionSyntax access && access.WhenNotNull == node && IsStatement(access));

    private static bool IsStatementExpression(ExpressionSyntax expression) => expression is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or AssignmentExpressionSyntax or AwaitExpressionSyntax
        || (expression is ConditionalAccessExpressionSyntax access && IsStatementExpression(access.WhenNotNull))
        || expression.IsKind(SyntaxKind.PostIncrementExpression) || expression.IsKind(SyntaxKind.PostDecrementExpression)
        || expression.IsKind(SyntaxKind.PreIncrementExpression) || expression.IsKind(SyntaxKind.PreDecrementExpression);

    /// <summary>Whether the code assigns to <paramref name="node"/>, changes it or takes its address.</summary>
    public static bool IsWritten(ExpressionSyntax node) => node.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left == node,
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.AddressOfExpression or (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression } => true,
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } => true,
        ArgumentSyntax { Parent: TupleExpressionSyntax tuple } => IsWritten(tuple),
        ArgumentSyntax argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None),
        ForEachVariableStatementSyntax loop => loop.Variable == node,
        ParenthesizedExpressionSyntax parenthesized => IsWritten(parenthesized),
        RefExpressionSyntax => true,
        _ => false,
    };

    private static bool IsSetByInitializer(ExpressionSyntax node) => node.Parent is AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax } assignment && assignment.Left == node;

    private static bool IsVariable(ISymbol? symbol) =>
        symbol is IFieldSymbol { IsReadOnly: false, IsConst: false } or IPropertySymbol { ReturnsByRef: true } or IMethodSymbol { ReturnsByRef: true };

    private static bool IsWritable(ISymbol? symbol, ExpressionSyntax node) => symbol switch
    {
        IPropertySymbol { ReturnsByRef: true } => true,
        IPropertySymbol { SetMethod: { } set } => node.Parent is not (ArgumentSyntax { Parent: ArgumentListSyntax } or RefExpressionSyntax)
            && (!set.IsInitOnly || node.Parent is AssignmentExpressionSyntax { Parent: InitializerExpressionSyntax }),
        IFieldSymbol { IsReadOnly: false, IsConst: false } => true,
        _ => false,
    };
}
