using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Swaps;

/// <summary>Tells whether a pool that is in scope already holds one where a stream is created.</summary>
internal static class PoolsInScope
{
    /// <summary>A pool without an initializer counts when a statement before <paramref name="place"/> in the same block, or a constructor elsewhere, sets it.</summary>
    public static bool IsSet(FileContext file, ISymbol pool, SyntaxNode place)
    {
        switch (pool)
        {
            case IParameterSymbol parameter:
                return parameter.RefKind != RefKind.Out;
            case ILocalSymbol local:
                return local.DeclaringSyntaxReferences.Any(reference => reference.GetSyntax(file.CancellationToken) is VariableDeclaratorSyntax { Initializer: { } initializer } && !IsNull(initializer))
                    || IsAssignedBefore(file, pool, place);
        }

        if (pool.DeclaringSyntaxReferences.IsEmpty)
            return true;

        var initial = pool.DeclaringSyntaxReferences[0].GetSyntax(file.CancellationToken) switch
        {
            VariableDeclaratorSyntax field => field.Initializer,
            PropertyDeclarationSyntax { ExpressionBody: not null } => null,
            PropertyDeclarationSyntax property => property.Initializer,
            _ => null,
        };
        return (initial is not null && !IsNull(initial))
            || place.FirstAncestorOrSelf<ConstructorDeclarationSyntax>() is null && place.FirstAncestorOrSelf<EqualsValueClauseSyntax>() is not { Parent.Parent.Parent: FieldDeclarationSyntax }
            || IsAssignedBefore(file, pool, place);
    }

    /// <summary>Whether a stream may be there when the block that creates it has ended: it is not a local whose members alone are used.</summary>
    public static bool MayLeave(FileContext file, BaseObjectCreationExpressionSyntax creation, ISymbol? owner)
    {
        if (owner is not ILocalSymbol local)
            return creation.Parent is not MemberAccessExpressionSyntax;

        return Bodies.Of(creation)?.DescendantNodes().OfType<IdentifierNameSyntax>().Any(name =>
            name.Identifier.ValueText == local.Name
            && name.Parent is not (MemberAccessExpressionSyntax or ConditionalAccessExpressionSyntax or UsingStatementSyntax or BinaryExpressionSyntax or IsPatternExpressionSyntax)
            && !(name.Parent is AssignmentExpressionSyntax assignment && assignment.Left == name)
            && SymbolEqualityComparer.Default.Equals(file.Bind(name), local)) != false;
    }

    private static bool IsAssignedBefore(FileContext file, ISymbol pool, SyntaxNode place) =>
        place.Ancestors().Where(Bodies.IsStatementList).SelectMany(list => list.ChildNodes().TakeWhile(node => node.Span.End <= place.SpanStart))
            .Select(node => node is GlobalStatementSyntax global ? global.Statement : node)
            .OfType<ExpressionStatementSyntax>()
            .Any(statement => statement.Expression is AssignmentExpressionSyntax { Left: var left } && SymbolEqualityComparer.Default.Equals(file.Bind(left), pool));

    private static bool IsNull(EqualsValueClauseSyntax initializer) => initializer.Value switch
    {
        PostfixUnaryExpressionSyntax suppressed => suppressed.Operand.IsKind(SyntaxKind.NullLiteralExpression) || suppressed.Operand.IsKind(SyntaxKind.DefaultLiteralExpression),
        var value => value.IsKind(SyntaxKind.NullLiteralExpression) || value.IsKind(SyntaxKind.DefaultLiteralExpression),
    };
}
