using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers;

/// <summary>Finds members that are used on variables of types that have nothing to do with the libraries, without binding the body around them.</summary>
/// <remarks>
/// Any question about a node in a body makes the compiler bind the whole body and follow its nullable state. The type that stands in the variable's
/// declaration is bound alone; where the text leaves a doubt about which declaration that is, the answer is no.
/// </remarks>
internal static class ForeignReceivers
{
    public static bool Has(FileContext file, SimpleNameSyntax member) =>
        !member.IsPartOfStructuredTrivia()
        && Receivers.Of(member) is IdentifierNameSyntax receiver
        && TypeOf(file, receiver) is { } type
        && !KnownTypes.MayHaveMembersOfLibrary(type);

    private static ITypeSymbol? TypeOf(FileContext file, IdentifierNameSyntax variable)
    {
        if (variable.FirstAncestorOrSelf<MemberDeclarationSyntax>(node => node is not GlobalStatementSyntax) is not { } member)
            return null;

        // An escape can spell a name in another way.
        var text = file.Model.SyntaxTree.GetText().ToString(member.FullSpan);
        if (text.IndexOf("\\u", StringComparison.Ordinal) >= 0 || text.IndexOf("\\U", StringComparison.Ordinal) >= 0)
            return null;

        var name = variable.Identifier.ValueText;
        SyntaxNode? declaration = null;
        foreach (var node in WrittenNames.In(member, text, name))
        {
            if (node is SimpleNameSyntax)
                continue;
            if (declaration is not null)
                return null;
            declaration = node;
        }

        if (declaration is null)
        {
            var found = file.Model.LookupSymbols(member.SpanStart, name: name);
            return found.Length == 1 ? TypeOf(found[0]) : null;
        }

        return TypeIn(declaration, variable) is { } written
            ? file.Model.GetSpeculativeSymbolInfo(PlaceToBind(written, member), written, SpeculativeBindingOption.BindAsTypeOrNamespace).Symbol as ITypeSymbol
            : null;
    }

    /// <summary>Where the name of a type means the same as where it is written: outside the body, whose scopes would have to be built, unless a type parameter can be meant.</summary>
    private static int PlaceToBind(TypeSyntax written, MemberDeclarationSyntax member) =>
        member is TypeDeclarationSyntax || written.Ancestors().TakeWhile(node => node != member.Parent).Any(node => node is MethodDeclarationSyntax { TypeParameterList: not null } or LocalFunctionStatementSyntax { TypeParameterList: not null })
            ? written.SpanStart
            : member.SpanStart;

    /// <summary>The type that a declaration writes for its variable, or creates it of; <see langword="null"/> where it is not in scope at <paramref name="use"/>.</summary>
    private static TypeSyntax? TypeIn(SyntaxNode declaration, SyntaxNode use) => declaration switch
    {
        ParameterSyntax { Type: var type, Parent.Parent: { } function } when function.Contains(use) => type,
        VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Type: var type, Parent: LocalDeclarationStatementSyntax { Parent: { } scope } } } variable when scope.Contains(use) =>
            !type.IsVar ? type : (variable.Initializer?.Value as ObjectCreationExpressionSyntax)?.Type,
        _ => null,
    };

    private static ITypeSymbol? TypeOf(ISymbol symbol) => symbol switch
    {
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        ITypeSymbol type => type,
        _ => null,
    };
}
