using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers;

/// <summary>Knows expression trees, in which calls with omitted or reordered arguments and blocks do not compile.</summary>
internal static class ExpressionTrees
{
    public static bool Contain(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken)
    {
        return node.Ancestors().Any(ancestor => ancestor switch
        {
            LambdaExpressionSyntax lambda => IsTree(model.GetTypeInfo(lambda, cancellationToken).ConvertedType) || IsArgumentOfQuery(lambda),
            QueryExpressionSyntax query => !query.FromClause.Expression.Contains(node) && IsQueryable(query.FromClause.Expression),
            _ => false,
        });

        // Where the lambda does not bind, its conversion is not known, but what it is passed to is.
        bool IsArgumentOfQuery(LambdaExpressionSyntax lambda) =>
            lambda.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call }
            && model.GetSymbolInfo(call, cancellationToken).Symbol is null
            && IsQueryable(access.Expression);

        bool IsQueryable(ExpressionSyntax source) =>
            model.GetTypeInfo(source, cancellationToken).Type is { } type && type.AllInterfaces.Prepend(type).Any(i => IsOf(i, "IQueryable", "System.Linq"));
    }

    private static bool IsTree(ITypeSymbol? type) => type is INamedTypeSymbol { Arity: 1 } && IsOf(type, "Expression", "System.Linq.Expressions");

    private static bool IsOf(ITypeSymbol type, string name, string containingNamespace) =>
        type.Name == name && type.ContainingNamespace?.ToDisplayString() == containingNamespace;
}
