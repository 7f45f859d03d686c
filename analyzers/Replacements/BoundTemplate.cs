using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Replacements;

/// <summary>A filled template, bound where it is to stand.</summary>
internal sealed record BoundTemplate(SemanticModel Model, ExpressionSyntax Expression)
{
    /// <summary>Binds <paramref name="replacement"/> in the place of <paramref name="node"/>; <see langword="null"/> where nothing can be bound.</summary>
    /// <param name="hoisting">What is declared ahead of the statement.</param>
    public static BoundTemplate? TryCreate(SemanticModel model, ExpressionSyntax node, ExpressionSyntax replacement, Hoisting hoisting)
    {
        if (Speculation.ContainerOf(node) is not { } container)
            return null;

        var mark = new SyntaxAnnotation();
        var changed = container.ReplaceNode(node, replacement.WithTriviaFrom(node).WithAdditionalAnnotations(mark));
        if (hoisting.Statement is not null)
            changed = hoisting.Block((StatementSyntax)changed);
        return Speculation.Bind(model, container.SpanStart, changed) is { } speculative && changed.GetAnnotatedNodes(mark).FirstOrDefault() is ExpressionSyntax expression
            ? new BoundTemplate(speculative, expression)
            : null;
    }

    /// <summary>The first thing that does not compile; <see langword="null"/> when all does.</summary>
    public string? FindError(CancellationToken cancellationToken)
    {
        foreach (var node in Expression.DescendantNodesAndSelf(descend => !descend.HasAnnotations(Substitution.Piece)).OfType<ExpressionSyntax>())
        {
            if (node.HasAnnotations(Substitution.Piece))
            {
                if (node.Parent is not MemberAccessExpressionSyntax && !Model.GetConversion(node, cancellationToken).Exists && Model.GetTypeInfo(node, cancellationToken).ConvertedType is { TypeKind: not TypeKind.Delegate })
                    return $"'{node}' has no conversion";
                continue;
            }

            if (node is OmittedArraySizeExpressionSyntax)
                continue;

            var isNamed = node is SimpleNameSyntax { IsVar: false } or InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax;
            if (isNamed && Model.GetSymbolInfo(node, cancellationToken).Symbol is null && Model.GetTypeInfo(node, cancellationToken).Type?.TypeKind != TypeKind.Dynamic)
                return $"'{Shorten(node)}' does not bind";
            if (Model.GetTypeInfo(node, cancellationToken).Type is IErrorTypeSymbol)
                return $"'{Shorten(node)}' does not compile";
        }

        return null;
    }

    /// <summary>A name of the template that means something else here than where it was declared: a local, or a member or an extension of the user's; <see langword="null"/> when none does.</summary>
    public string? FindStranger(Template template, CancellationToken cancellationToken) =>
        Expression.DescendantNodesAndSelf(descend => !descend.HasAnnotations(Substitution.Piece)).OfType<SimpleNameSyntax>()
            .FirstOrDefault(name => !name.HasAnnotations(Substitution.Piece) && Model.GetSymbolInfo(name, cancellationToken).Symbol is { } symbol
                && (IsOwnExtension(symbol, template.Declaration) || name.GetAnnotations(TemplateNames.Meaning).Any(meaning => !Means(symbol, meaning.Data!, template.Declaration))))
            ?.Identifier.ValueText;

    private static bool Means(ISymbol symbol, string meaning, ReplaceWithDeclaration declaration)
    {
        if (meaning == TemplateNames.OfType)
            return symbol is INamespaceOrTypeSymbol or IDiscardSymbol or IMethodSymbol { IsStatic: true };

        for (var member = symbol is IMethodSymbol { ReducedFrom: { } extension } ? extension : symbol; member is not null; member = ReplaceWithDeclaration.Overridden(member))
        {
            for (var type = declaration.Member.ContainingType; type is not null; type = type.BaseType)
            {
                if (SymbolEqualityComparer.Default.Equals(member.ContainingType?.OriginalDefinition, type.OriginalDefinition))
                    return member is not (ILocalSymbol or IParameterSymbol);
            }

            if (declaration.Member.ContainingType.AllInterfaces.Any(type => SymbolEqualityComparer.Default.Equals(member.ContainingType?.OriginalDefinition, type.OriginalDefinition)))
                return true;
        }

        return false;
    }

    /// <summary>Whether the symbol is an extension method of the user's, which the library's author cannot mean.</summary>
    private bool IsOwnExtension(ISymbol symbol, ReplaceWithDeclaration declaration) =>
        symbol is IMethodSymbol { ReducedFrom: not null } && SymbolEqualityComparer.Default.Equals(symbol.ContainingAssembly, Model.Compilation.Assembly)
        && !declaration.Imports.Append(declaration.Member.ContainingNamespace.ToDisplayString()).Any(space => $"{space}.".StartsWith($"{symbol.ContainingNamespace.ToDisplayString()}.", StringComparison.Ordinal));

    /// <summary>What the template itself calls and creates, in its order.</summary>
    public List<ISymbol?> Calls(CancellationToken cancellationToken) =>
        Expression.DescendantNodesAndSelf(descend => !descend.HasAnnotations(Substitution.Piece))
            .Where(node => !node.HasAnnotations(Substitution.Piece) && node is InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or MemberAccessExpressionSyntax or MemberBindingExpressionSyntax or IdentifierNameSyntax or ElementAccessExpressionSyntax)
            .Select(node => Model.GetSymbolInfo(node, cancellationToken).Symbol)
            .Where(symbol => symbol is IMethodSymbol or IPropertySymbol or IFieldSymbol)
            .ToList();

    private static string Shorten(ExpressionSyntax node) => node switch
    {
        InvocationExpressionSyntax call => call.Expression.ToString(),
        _ => node.ToString(),
    };
}
