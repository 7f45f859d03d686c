using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers;

/// <summary>Finds receivers whose class derives from a type that V2 seals: with V1 gone the compiler drops such a base, so it is read from the text.</summary>
internal static class Subclasses
{
    /// <summary>The class that a member is called on, if its base list names <paramref name="baseName"/>.</summary>
    public static INamedTypeSymbol? ReceiverOf(FileContext file, SimpleNameSyntax member, string baseName)
    {
        var receiver = Receivers.Of(member);
        var type = receiver is null or ThisExpressionSyntax or BaseExpressionSyntax
            ? member.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } declaration ? file.Model.GetDeclaredSymbol(declaration, file.CancellationToken) as INamedTypeSymbol : null
            : file.ReceiverType(member) as INamedTypeSymbol;
        return type?.DeclaringSyntaxReferences.Any(reference =>
            reference.GetSyntax(file.CancellationToken) is TypeDeclarationSyntax { BaseList.Types: { Count: > 0 } bases } && bases[0].Type.GetLastToken().ValueText == baseName) == true ? type : null;
    }
}
