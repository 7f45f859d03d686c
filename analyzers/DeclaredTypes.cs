using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers;

/// <summary>Reads the type that a declaration gives to a value, as far as the text says it.</summary>
internal static class DeclaredTypes
{
    /// <summary>The simple name of the type that a target-typed creation gets from the declaration around it; <see langword="null"/> when none says.</summary>
    public static string? NameAround(ImplicitObjectCreationExpressionSyntax creation) =>
        creation.Parent is EqualsValueClauseSyntax { Parent: var declared }
            ? declared switch
            {
                VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax declaration } => NameOf(declaration.Type),
                PropertyDeclarationSyntax property => NameOf(property.Type),
                _ => null,
            }
            : null;

    /// <summary>The last simple name of a written type: <c>RingBuffer</c> of <c>VoiceForge.Audio.RingBuffer?</c>; <see langword="null"/> for a form without one.</summary>
    public static string? NameOf(TypeSyntax type) => type switch
    {
        SimpleNameSyntax name => name.Identifier.ValueText,
        QualifiedNameSyntax name => name.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax name => name.Name.Identifier.ValueText,
        NullableTypeSyntax nullable => NameOf(nullable.ElementType),
        _ => null,
    };
}
