using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
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
            return IsInsideUsing(file, statement) ? null : statement;

        var parameterless = disposers.FirstOrDefault(method => method.ParameterList.Parameters.Count == 0);
        return parameterless?.ExpressionBody
            ?? (parameterless?.Body?.Statements.LastOrDefault() is { } last and not ReturnStatementSyntax && !IsInsideUsing(file, last) ? last : (SyntaxNode?)null);
    }

    /// <summary>Whether another stream, which may take blocks from the same pool, is disposed only behind the statement.</summary>
    private static bool IsInsideUsing(FileContext file, StatementSyntax statement) => statement.Ancestors()
        .TakeWhile(node => node is not MemberDeclarationSyntax)
        .SelectMany(node => node switch
        {
            UsingStatementSyntax { Declaration.Variables: var variables } => variables.Select(variable => variable.Initializer?.Value),
            UsingStatementSyntax { Expression: var expression } => new[] { expression },
            BlockSyntax block => block.Statements.OfType<LocalDeclarationStatementSyntax>().Where(local => !local.UsingKeyword.IsKind(SyntaxKind.None))
                .SelectMany(local => local.Declaration.Variables).Select(variable => variable.Initializer?.Value),
            _ => Enumerable.Empty<ExpressionSyntax?>(),
        })
        .Any(held => held is not null && file.Model.GetTypeInfo(held, file.CancellationToken).Type is var type
            && (file.Types.Is(type, KnownTypes.AudioStreamV2) || file.Types.IsOld(type, MigrationMap.RenamedTypeOf(RuleIds.AudioStream), file.Model, held.SpanStart)));

    private static ISymbol? DisposedBy(FileContext file, InvocationExpressionSyntax call) => call.Expression switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Dispose" } access => file.Bind(access.Expression),
        MemberBindingExpressionSyntax { Name: { Identifier.ValueText: "Dispose" } name } when Receivers.Of(name) is { } receiver => file.Bind(receiver),
        _ => null,
    };
}
