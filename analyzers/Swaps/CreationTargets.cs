using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Swaps;

/// <summary>Finds the type that a target-typed <c>new(...)</c> creates where the compiler gives it none, because the type does not bind.</summary>
internal static class CreationTargets
{
    public static ITypeSymbol? TypeOf(FileContext file, ExpressionSyntax creation)
    {
        var value = Outermost(creation);
        return value.Parent switch
        {
            AssignmentExpressionSyntax assignment when assignment.Right == value => file.Model.GetTypeInfo(assignment.Left, file.CancellationToken).Type,
            EqualsValueClauseSyntax { Parent: { } declared } => TypeOf(file.Model.GetDeclaredSymbol(declared, file.CancellationToken)),
            ReturnStatementSyntax or ArrowExpressionClauseSyntax or LambdaExpressionSyntax => TypeOf(FunctionAround(file, value)) ?? LambdaResult(file, value),
            _ => null,
        };
    }

    /// <summary>The largest expression whose value can be this one.</summary>
    public static ExpressionSyntax Outermost(ExpressionSyntax value)
    {
        while (value.Parent is ParenthesizedExpressionSyntax or CastExpressionSyntax or SwitchExpressionSyntax
            || (value.Parent is ConditionalExpressionSyntax choice && choice.Condition != value)
            || (value.Parent is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } coalesce && coalesce.Right == value)
            || value.Parent is SwitchExpressionArmSyntax)
        {
            value = value.Parent as ExpressionSyntax ?? (ExpressionSyntax)value.Parent.Parent!;
        }

        return value;
    }

    /// <summary>The member, accessor or local function that returns from here; <see langword="null"/> in a lambda.</summary>
    public static ISymbol? FunctionAround(FileContext file, SyntaxNode node) =>
        node.Ancestors().FirstOrDefault(ancestor => ancestor is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax or MemberDeclarationSyntax)
            is { } function and not AnonymousFunctionExpressionSyntax
                ? file.Model.GetDeclaredSymbol(function, file.CancellationToken)
                : null;

    private static ITypeSymbol? LambdaResult(FileContext file, SyntaxNode value) =>
        value.Ancestors().OfType<AnonymousFunctionExpressionSyntax>().FirstOrDefault() is { } lambda
        && file.Model.GetTypeInfo(lambda, file.CancellationToken).ConvertedType is INamedTypeSymbol { DelegateInvokeMethod.ReturnType: var result }
            ? lambda.AsyncKeyword == default ? result : (result as INamedTypeSymbol)?.TypeArguments.FirstOrDefault()
            : null;

    private static ITypeSymbol? TypeOf(ISymbol? symbol) => symbol switch
    {
        IMethodSymbol { IsAsync: true, ReturnType: INamedTypeSymbol { Arity: 1 } task } => task.TypeArguments[0],
        IMethodSymbol method => method.ReturnType,
        IPropertySymbol property => property.Type,
        IFieldSymbol field => field.Type,
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        _ => null,
    };
}
