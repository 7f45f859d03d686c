using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers;

/// <summary>Binds changed code in the place of the code that is there.</summary>
internal static class Speculation
{
    /// <summary>The smallest part of the code around <paramref name="node"/> that the compiler binds on its own; <see langword="null"/> in attributes and the like.</summary>
    public static SyntaxNode? ContainerOf(SyntaxNode node) =>
        node.Ancestors().FirstOrDefault(ancestor => ancestor is StatementSyntax or EqualsValueClauseSyntax { Parent: not VariableDeclaratorSyntax { Parent.Parent: StatementSyntax } }
            or ArrowExpressionClauseSyntax or ConstructorInitializerSyntax);

    public static SemanticModel? Bind(SemanticModel model, int position, SyntaxNode changed)
    {
        SemanticModel? speculative = null;
        var isBound = changed switch
        {
            StatementSyntax statement => model.TryGetSpeculativeSemanticModel(position, statement, out speculative),
            EqualsValueClauseSyntax value => model.TryGetSpeculativeSemanticModel(position, value, out speculative),
            ArrowExpressionClauseSyntax arrow => model.TryGetSpeculativeSemanticModel(position, arrow, out speculative),
            ConstructorInitializerSyntax initializer => model.TryGetSpeculativeSemanticModel(position, initializer, out speculative),
            _ => false,
        };
        return isBound ? speculative : null;
    }
}
