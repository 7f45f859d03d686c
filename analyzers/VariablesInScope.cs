using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers;

/// <summary>Finds what code at a place can name, and names that it can add.</summary>
internal static class VariablesInScope
{
    /// <returns>The name of a variable of the known type that is there and not null, locals first; <see langword="null"/> without one.</returns>
    public static string? Find(FileContext file, SyntaxNode node, string metadataName)
    {
        if (file.Types.Find(metadataName) is not { } known)
            return null;

        var isStatic = IsStaticContext(node);
        return file.Model.LookupSymbols(node.SpanStart)
            .Where(symbol => !IsLocalOfAnotherFile(file, symbol) && IsUsable(symbol))
            .OrderBy(symbol => symbol switch { ILocalSymbol => 0, IParameterSymbol => 1, IFieldSymbol => 2, _ => 3 })
            .ThenByDescending(symbol => symbol.DeclaringSyntaxReferences.Select(reference => reference.Span.Start).FirstOrDefault())
            .FirstOrDefault()?.Name;

        bool IsUsable(ISymbol symbol) => symbol switch
        {
            ILocalSymbol local => IsReachable(local) && local.DeclaringSyntaxReferences.All(reference => reference.Span.End < node.SpanStart && IsHeldBy(local, reference)),
            IParameterSymbol { RefKind: RefKind.None } parameter => Is(parameter.Type) && IsReachable(parameter),
            IFieldSymbol field => Is(field.Type) && (field.IsStatic || !isStatic),
            IPropertySymbol { GetMethod: not null, IsIndexer: false } property => Is(property.Type) && (property.IsStatic || !isStatic) && IsAutomatic(property),
            _ => false,
        };

        bool Is(ITypeSymbol type) => type.NullableAnnotation != NullableAnnotation.Annotated && SymbolEqualityComparer.Default.Equals(type, known);

        // The compiler calls every 'var' of a class nullable: what it was given says more.
        bool IsHeldBy(ILocalSymbol local, SyntaxReference declared) => declared.GetSyntax(file.CancellationToken) switch
        {
            VariableDeclaratorSyntax { Initializer: null } => false,
            VariableDeclaratorSyntax { Initializer.Value: var value, Parent: VariableDeclarationSyntax { Type.IsVar: true } } =>
                Is(local.Type.WithNullableAnnotation(NullableAnnotation.None)) && file.Model.GetTypeInfo(value, file.CancellationToken).Nullability.FlowState != NullableFlowState.MaybeNull,
            _ => Is(local.Type),
        };

        bool IsReachable(ISymbol symbol) =>
            StaticFunctionAround(node) is not { } function || symbol.DeclaringSyntaxReferences.All(reference => function.Span.Contains(reference.Span));

        bool IsAutomatic(IPropertySymbol property) => property.DeclaringSyntaxReferences.Any(reference =>
            reference.GetSyntax(file.CancellationToken) is PropertyDeclarationSyntax { AccessorList: { } list } && list.Accessors.All(accessor => accessor.Body is null && accessor.ExpressionBody is null));
    }

    /// <summary>Names of top-level statements are found in every file, and are an error there.</summary>
    public static bool IsLocalOfAnotherFile(FileContext file, ISymbol symbol) =>
        symbol is ILocalSymbol && symbol.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree != file.Model.SyntaxTree);

    /// <summary>The static local function or lambda around a node, which cannot use variables from outside.</summary>
    public static SyntaxNode? StaticFunctionAround(SyntaxNode node) => node.Ancestors().FirstOrDefault(ancestor => ancestor switch
    {
        LocalFunctionStatementSyntax function => function.Modifiers.Any(SyntaxKind.StaticKeyword),
        AnonymousFunctionExpressionSyntax function => function.Modifiers.Any(SyntaxKind.StaticKeyword),
        _ => false,
    });

    /// <summary>Whether only static members of the type can be named at the node.</summary>
    public static bool IsStaticContext(SyntaxNode node) =>
        StaticFunctionAround(node) is not null
        || IsInitializer(node)
        || node.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member && member is not GlobalStatementSyntax && member.Modifiers.Any(SyntaxKind.StaticKeyword);

    /// <summary>Whether the node stands where there is no object yet: in the initializer of a field or property, or among the arguments of a base constructor.</summary>
    public static bool IsInitializer(SyntaxNode node) =>
        node.Ancestors().TakeWhile(ancestor => ancestor is not TypeDeclarationSyntax).Any(ancestor =>
            ancestor is ConstructorInitializerSyntax or PrimaryConstructorBaseTypeSyntax
                or EqualsValueClauseSyntax { Parent: PropertyDeclarationSyntax or VariableDeclaratorSyntax { Parent.Parent: BaseFieldDeclarationSyntax } });

    /// <returns><paramref name="wanted"/>, or with the first number behind it that nothing in <paramref name="scope"/> is called.</returns>
    public static string UniqueName(FileContext file, string wanted, SyntaxNode scope, int position)
    {
        var written = new HashSet<string>(scope.DescendantTokens().Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText));
        for (var number = 1; ; number++)
        {
            var name = number == 1 ? wanted : wanted + number.ToString(CultureInfo.InvariantCulture);
            if (!written.Contains(name) && file.Model.LookupSymbols(position, name: name).IsEmpty)
                return name;
        }
    }
}
