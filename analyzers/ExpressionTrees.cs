using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers;

/// <summary>Knows expression trees, in which calls with omitted or reordered arguments and blocks do not compile.</summary>
internal static class ExpressionTrees
{
    public static bool Contain(SyntaxNode node, SemanticModel model, CancellationToken cancellationToken) =>
        node.Ancestors().OfType<LambdaExpressionSyntax>().Any(lambda =>
            model.GetTypeInfo(lambda, cancellationToken).ConvertedType is INamedTypeSymbol { Name: "Expression", Arity: 1 } type
            && type.ContainingNamespace.ToDisplayString() == "System.Linq.Expressions");
}
