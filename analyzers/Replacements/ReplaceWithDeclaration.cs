using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace MigrationKit.Analyzers.Replacements;

/// <summary>What <c>[ReplaceWith]</c> says on one member.</summary>
/// <param name="Member">The member as it was declared.</param>
/// <param name="Text">The template.</param>
/// <param name="Imports">The namespaces that the template's type names are looked up in.</param>
internal sealed record ReplaceWithDeclaration(ISymbol Member, string Text, ImmutableArray<string> Imports)
{
    public const string AttributeName = "MigrationKit.ReplaceWithAttribute";

    /// <summary>The declaration that <paramref name="used"/> carries itself or overrides; <see langword="null"/> without one.</summary>
    public static ReplaceWithDeclaration? Of(ISymbol used)
    {
        for (var symbol = Definition(used); symbol is not null; symbol = Overridden(symbol))
        {
            if (symbol.GetAttributes().FirstOrDefault(attribute => IsReplaceWith(attribute.AttributeClass)) is { } attribute)
                return Read(symbol, attribute);
        }

        return null;
    }

    public static ReplaceWithDeclaration? Read(ISymbol member, AttributeData attribute)
    {
        if (attribute.ConstructorArguments.FirstOrDefault() is not { Kind: TypedConstantKind.Primitive, Value: string text })
            return null;

        var imports = attribute.NamedArguments.Where(argument => argument.Key == "Imports" && argument.Value is { Kind: TypedConstantKind.Array, IsNull: false })
            .SelectMany(argument => argument.Value.Values)
            .Select(value => value.Value)
            .OfType<string>();
        return new ReplaceWithDeclaration(member, text, imports.ToImmutableArray());
    }

    /// <summary>Matches by full name, so that every library may define the attribute for itself.</summary>
    public static bool IsReplaceWith(INamedTypeSymbol? type) =>
        type is { Name: "ReplaceWithAttribute", ContainingType: null, ContainingNamespace: { Name: "MigrationKit", ContainingNamespace.IsGlobalNamespace: true } };

    public ImmutableArray<IParameterSymbol> Parameters =>
        Member is IMethodSymbol method ? method.Parameters : Member is IPropertySymbol property ? property.Parameters : ImmutableArray<IParameterSymbol>.Empty;

    /// <summary>The type parameters that a hole may name: the method's and those of the types around it.</summary>
    public IEnumerable<ITypeParameterSymbol> TypeParameters
    {
        get
        {
            var types = (Member as IMethodSymbol)?.TypeParameters.AsEnumerable() ?? Enumerable.Empty<ITypeParameterSymbol>();
            for (var type = Member.ContainingType; type is not null; type = type.ContainingType)
                types = types.Concat(type.TypeParameters);
            return types;
        }
    }

    public bool IsExtension => Member is IMethodSymbol { IsExtensionMethod: true };

    public bool IsConstructor => Member is IMethodSymbol { MethodKind: MethodKind.Constructor };

    /// <summary>Whether a use has an instance that <c>{this}</c> stands for.</summary>
    public bool HasInstance => IsExtension || (!Member.IsStatic && !IsConstructor);

    private static ISymbol Definition(ISymbol symbol) => ((symbol as IMethodSymbol)?.ReducedFrom ?? symbol).OriginalDefinition;

    public static ISymbol? Overridden(ISymbol symbol) => symbol switch
    {
        IMethodSymbol method => method.OverriddenMethod?.OriginalDefinition,
        IPropertySymbol property => property.OverriddenProperty?.OriginalDefinition,
        _ => null,
    };
}
