using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Callbacks;

/// <summary>Finds what sets a variable after its declaration.</summary>
internal static class Assignments
{
    /// <summary>Whether <paramref name="scope"/> assigns the variable or hands out a reference to it.</summary>
    public static bool Exist(FileContext file, SyntaxNode scope, IdentifierNameSyntax variable) =>
        file.Bind(variable) is { } symbol && Exist(file, scope, variable.Identifier.ValueText, symbol);

    /// <inheritdoc cref="Exist(FileContext, SyntaxNode, IdentifierNameSyntax)"/>
    public static bool Exist(FileContext file, SyntaxNode scope, string name, ISymbol symbol) =>
        scope.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>()
            .Any(mention => mention.Identifier.ValueText == name && IsWritten(mention) && SymbolEqualityComparer.Default.Equals(file.Bind(mention), symbol));

    private static bool IsWritten(IdentifierNameSyntax mention) => mention.Parent switch
    {
        AssignmentExpressionSyntax assignment => assignment.Left == mention,
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression or (int)SyntaxKind.AddressOfExpression } => true,
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PostIncrementExpression or (int)SyntaxKind.PostDecrementExpression } => true,
        ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.RefKeyword or (int)SyntaxKind.OutKeyword } => true,
        ArgumentSyntax { Parent: TupleExpressionSyntax { Parent: AssignmentExpressionSyntax assignment } tuple } => assignment.Left == tuple,
        RefExpressionSyntax => true,
        _ => false,
    };
}
