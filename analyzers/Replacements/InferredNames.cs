using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Replacements;

/// <summary>Finds members of anonymous objects and tuples that have their name from the expression that is replaced.</summary>
internal static class InferredNames
{
    public static bool Differ(ExpressionSyntax node, ExpressionSyntax replacement, SemanticModel model, CancellationToken cancellationToken)
    {
        if (node.TryGetInferredMemberName() is not { } name || replacement.TryGetInferredMemberName() == name)
            return false;

        SyntaxNode value = node;
        while (value.Parent is ConditionalAccessExpressionSyntax access && access.WhenNotNull == value)
            value = access;
        return value.Parent switch
        {
            AnonymousObjectMemberDeclaratorSyntax { NameEquals: null } => true,
            ArgumentSyntax { NameColon: null, Parent: TupleExpressionSyntax tuple } argument when !ReplacementContext.IsWritten(node) =>
                model.GetTypeInfo(tuple, cancellationToken).ConvertedType is INamedTypeSymbol { IsTupleType: true } type
                    && tuple.Arguments.IndexOf(argument) is var index && index < type.TupleElements.Length && type.TupleElements[index].Name == name,
            _ => false,
        };
    }
}
