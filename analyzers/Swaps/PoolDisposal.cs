using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Swaps;

/// <summary>Finds where a class that already disposes must dispose an added pool: after the last of its streams.</summary>
internal static class PoolDisposal
{
    /// <returns>The statement or expression body to dispose after; <see langword="null"/> in a class that does not dispose.</returns>
    public static SyntaxNode? After(FileContext file, TypeDeclarationSyntax type, IReadOnlyCollection<ISymbol> streams)
    {
        var disposers = type.Members.OfType<MethodDeclarationSyntax>().Where(method => method.Identifier.ValueText == "Dispose").ToList();
        var ofStream = disposers.SelectMany(method => method.DescendantNodes().OfType<InvocationExpressionSyntax>())
            .LastOrDefault(call => call.ArgumentList.Arguments.Count == 0
                && DisposedBy(file, call) is { } disposed && streams.Contains(disposed, SymbolEqualityComparer.Default));
        if (ofStream?.FirstAncestorOrSelf<StatementSyntax>() is ExpressionStatementSyntax { Parent: BlockSyntax } statement)
            return statement;

        var parameterless = disposers.FirstOrDefault(method => method.ParameterList.Parameters.Count == 0);
        return parameterless?.ExpressionBody
            ?? (parameterless?.Body?.Statements.LastOrDefault() is { } last and not ReturnStatementSyntax ? last : (SyntaxNode?)null);
    }

    private static ISymbol? DisposedBy(FileContext file, InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Dispose" } access => file.Bind(access.Expression),
        MemberBindingExpressionSyntax { Name: { Identifier.ValueText: "Dispose" } name } when Receivers.Of(name) is { } receiver => file.Bind(receiver),
        _ => null,
    };
}
