using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
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

        var name = variable.Identifier.ValueText;
        var declarations = member.DescendantTokens()
            .Where(token => token.IsKind(SyntaxKind.IdentifierToken) && token.Parent is not SimpleNameSyntax && token.ValueText == name)
            .Take(2)
            .ToList();
        switch (declarations.Count)
        {
            case 0:
                var found = file.Model.LookupSymbols(member.SpanStart, name: name);
                return found.Length == 1 ? TypeOf(found[0]) : null;
            case 1 when TypeIn(declarations[0].Parent!, variable) is { } written:
                return file.Model.GetSpeculativeSymbolInfo(written.SpanStart, written, SpeculativeBindingOption.BindAsTypeOrNamespace).Symbol as ITypeSymbol;
            default:
                return null;
        }
    }

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
