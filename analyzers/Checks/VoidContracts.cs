using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Checks;

/// <summary>Wrappers whose interface says that starting returns nothing: what a failure means there is for its author to decide.</summary>
internal static class VoidContracts
{
    /// <summary>The void interface member of the checked method's name that the method around a call implements, as <c>IAudio.Start</c>.</summary>
    public static string? Implemented(FileContext file, SyntaxNode call, CheckedMethod method)
    {
        var function = call.Ancestors().FirstOrDefault(node => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax and not GlobalStatementSyntax);
        if (function is not MethodDeclarationSyntax { ParameterList.Parameters.Count: 0 } declaration || declaration.Identifier.ValueText != method.Name
            || file.Model.GetDeclaredSymbol(declaration, file.CancellationToken) is not IMethodSymbol { ReturnsVoid: true, IsStatic: false } implementation)
        {
            return null;
        }

        var contract = implementation.ExplicitInterfaceImplementations.FirstOrDefault()
            ?? implementation.ContainingType.AllInterfaces
                .SelectMany(type => type.GetMembers(method.Name)).OfType<IMethodSymbol>()
                .FirstOrDefault(member => SymbolEqualityComparer.Default.Equals(implementation.ContainingType.FindImplementationForInterfaceMember(member), implementation));
        return contract is { ReturnsVoid: true } ? $"{contract.ContainingType.Name}.{contract.Name}" : null;
    }
}
