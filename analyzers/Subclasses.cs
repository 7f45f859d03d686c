using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers;

/// <summary>Finds receivers whose class derives from a type that V2 seals: with V1 gone the compiler drops such a base, so it is bound where it is written.</summary>
internal static class Subclasses
{
    /// <summary>The class that a member is called on, if the base that its declaration writes is the library's type <paramref name="baseType"/>.</summary>
    public static INamedTypeSymbol? ReceiverOf(FileContext file, SimpleNameSyntax member, string baseType)
    {
        var receiver = Receivers.Of(member);
        var type = receiver is null or ThisExpressionSyntax or BaseExpressionSyntax
            ? member.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } declaration ? file.Model.GetDeclaredSymbol(declaration, file.CancellationToken) as INamedTypeSymbol : null
            : file.ReceiverType(member) as INamedTypeSymbol;
        return type?.DeclaringSyntaxReferences.Any(reference =>
            reference.GetSyntax(file.CancellationToken) is TypeDeclarationSyntax { BaseList.Types: { Count: > 0 } bases } && IsLibraryType(file, bases[0].Type, baseType)) == true ? type : null;
    }

    private static bool IsLibraryType(FileContext file, TypeSyntax written, string baseType)
    {
#pragma warning disable RS1030 // A rare look: only at the base of a class that a member with an old name is called on.
        var model = written.SyntaxTree == file.Model.SyntaxTree ? file.Model : file.Model.Compilation.GetSemanticModel(written.SyntaxTree);
#pragma warning restore RS1030
        return file.Types.Is(model.GetTypeInfo(written, file.CancellationToken).Type, baseType);
    }
}
