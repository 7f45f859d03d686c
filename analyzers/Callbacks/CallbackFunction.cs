using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Callbacks;

/// <summary>A function of this file that a stream calls for each block.</summary>
/// <param name="Body">A block, or the one expression.</param>
/// <param name="Parameter">The input block; <see langword="null"/> when an anonymous method leaves it out.</param>
internal sealed record CallbackFunction(SyntaxNode Body, ParameterSyntax? Parameter)
{
    /// <summary>What the length of the input can be taken from; <see langword="null"/> when the parameter is discarded.</summary>
    public string? ParameterName => Parameter is { Identifier.ValueText: not ("_" or "") } named ? named.Identifier.Text : null;

    /// <summary>The functions that a callback argument means: a conditional argument means two, a delegate from elsewhere none.</summary>
    public static IEnumerable<CallbackFunction> Of(FileContext file, ExpressionSyntax argument) => argument switch
    {
        ParenthesizedExpressionSyntax inner => Of(file, inner.Expression),
        CastExpressionSyntax cast => Of(file, cast.Expression),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } sure => Of(file, sure.Operand),
        BaseObjectCreationExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } => Of(file, arguments[0].Expression),
        ConditionalExpressionSyntax choice => Of(file, choice.WhenTrue).Concat(Of(file, choice.WhenFalse)),
        SimpleLambdaExpressionSyntax lambda => new[] { new CallbackFunction(lambda.Body, lambda.Parameter) },
        ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: { Count: 1 } parameters } lambda => new[] { new CallbackFunction(lambda.Body, parameters[0]) },
        AnonymousMethodExpressionSyntax method => new[] { new CallbackFunction(method.Block, method.ParameterList?.Parameters.FirstOrDefault()) },
        SimpleNameSyntax or MemberAccessExpressionSyntax => OfMethodGroup(file, argument),
        _ => Enumerable.Empty<CallbackFunction>(),
    };

    /// <summary>The nodes of the body without those of functions inside it.</summary>
    public IEnumerable<SyntaxNode> Nodes() =>
        Body.DescendantNodesAndSelf(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax));

    /// <summary>Whether the expression is the input block itself.</summary>
    public bool IsInput(FileContext file, ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax inner => IsInput(file, inner.Expression),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } sure => IsInput(file, sure.Operand),
        IdentifierNameSyntax name => Parameter is not null
            && name.Identifier.ValueText == Parameter.Identifier.ValueText
            && file.Bind(name) is IParameterSymbol symbol
            && symbol.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == Parameter.SyntaxTree && reference.Span == Parameter.Span),
        _ => false,
    };

    private static IEnumerable<CallbackFunction> OfMethodGroup(FileContext file, ExpressionSyntax group)
    {
        // On a receiver that does not bind nothing chooses among overloads; only one of them takes a block.
        var info = file.Model.GetSymbolInfo(group, file.CancellationToken);
        var candidates = info.Symbol is { } symbol ? new[] { symbol } : info.CandidateSymbols.AsEnumerable();
        foreach (var method in candidates.OfType<IMethodSymbol>().Where(IsCallback))
        {
            foreach (var reference in (method.PartialImplementationPart ?? method.ReducedFrom ?? method).DeclaringSyntaxReferences.Where(reference => reference.SyntaxTree == file.Model.SyntaxTree))
            {
                var (parameters, body) = reference.GetSyntax(file.CancellationToken) switch
                {
                    MethodDeclarationSyntax declared => (declared.ParameterList.Parameters, (SyntaxNode?)declared.Body ?? declared.ExpressionBody?.Expression),
                    LocalFunctionStatementSyntax local => (local.ParameterList.Parameters, (SyntaxNode?)local.Body ?? local.ExpressionBody?.Expression),
                    _ => (default, null),
                };
                if (body is not null && parameters.Count > 0)
                    yield return new CallbackFunction(body, parameters[parameters.Count - 1]);
            }
        }
    }

    private static bool IsCallback(IMethodSymbol method) =>
        method.Parameters.Length == 1 && IsBlock(method.Parameters[0].Type) && IsBlock(method.ReturnType);

    private static bool IsBlock(ITypeSymbol type) => type is IArrayTypeSymbol { Rank: 1, ElementType.SpecialType: SpecialType.System_Single };
}
