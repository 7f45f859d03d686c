using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace MigrationKit.Analyzers.Replacements;

/// <summary>What evaluating an expression can do to its neighbours, or see of them.</summary>
internal enum Effect
{
    /// <summary>Gives the same value anywhere in the statement.</summary>
    None,

    /// <summary>Sees what other code writes: moves among its like, but not past code that could write.</summary>
    Reads,

    Unknown,
}

/// <summary>Tells what the parts of one use can do, from the code around it.</summary>
internal sealed class Effects(ExpressionSyntax use, SemanticModel model, CancellationToken cancellationToken)
{
    private readonly SyntaxNode _member = use.Ancestors().FirstOrDefault(node => node is MemberDeclarationSyntax and not GlobalStatementSyntax or CompilationUnitSyntax) ?? use;

    public Effect Of(ExpressionSyntax expression)
    {
        if (expression.Parent is ArgumentSyntax { RefKindKeyword.RawKind: not (int)SyntaxKind.None })
            return IsFixedPlace(expression) ? Effect.None : Effect.Unknown;
        if (IsConstant(expression))
            return Effect.None;

        switch (expression)
        {
            case ParenthesizedExpressionSyntax parenthesized:
                return Of(parenthesized.Expression);
            case PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed:
                return Of(suppressed.Operand);
            case AnonymousFunctionExpressionSyntax:
                return Effect.None;
            case BinaryExpressionSyntax binary when IsArithmetic(binary):
                return Max(Of(binary.Left), Of(binary.Right));
            case PrefixUnaryExpressionSyntax unary when IsArithmetic(unary):
                return Of(unary.Operand);
        }

        return model.GetSymbolInfo(expression, cancellationToken).Symbol switch
        {
            ILocalSymbol { IsRef: false } or IParameterSymbol { RefKind: RefKind.None } when IsStable(expression) => Effect.None,
            ILocalSymbol or IParameterSymbol => Effect.Reads,
            IMethodSymbol when expression is SimpleNameSyntax => Effect.None,
            IFieldSymbol { IsVolatile: false } when expression is SimpleNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } => Effect.Reads,
            _ => Effect.Unknown,
        };
    }

    /// <summary>Whether the value is the same whenever it is asked for, also after the statement.</summary>
    public bool IsConstant(ExpressionSyntax expression) =>
        expression is ThisExpressionSyntax or BaseExpressionSyntax or TypeOfExpressionSyntax or DefaultExpressionSyntax or TypeSyntax and not SimpleNameSyntax
        || expression.IsKind(SyntaxKind.NullLiteralExpression) || expression.IsKind(SyntaxKind.DefaultLiteralExpression)
        || model.GetConstantValue(expression, cancellationToken).HasValue
        || model.GetSymbolInfo(expression, cancellationToken).Symbol is INamespaceOrTypeSymbol;

    /// <summary>Whether writing the expression several times is no more work than writing it once.</summary>
    public bool MayRepeat(ExpressionSyntax expression) =>
        IsConstant(expression) || (expression is SimpleNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } && Of(expression) != Effect.Unknown);

    /// <summary>Whether <c>ref</c> or <c>out</c> of the expression means a place that no other code can change.</summary>
    private bool IsFixedPlace(ExpressionSyntax expression) =>
        expression is DeclarationExpressionSyntax
        || model.GetSymbolInfo(expression, cancellationToken).Symbol is ILocalSymbol { IsRef: false } or IParameterSymbol { RefKind: RefKind.None } or IDiscardSymbol;

    /// <summary>Whether nothing that the use evaluates, and no function that it could call, writes to the variable.</summary>
    private bool IsStable(ExpressionSyntax name)
    {
        if (name is not IdentifierNameSyntax { Identifier.ValueText: var text } || model.GetSymbolInfo(name, cancellationToken).Symbol is not { } symbol || IsOfType(symbol))
            return false;

        var owner = FunctionOf(use);
        return _member.DescendantNodes().OfType<IdentifierNameSyntax>()
            .Where(other => other.Identifier.ValueText == text && InPlaceChanges.IsChanged(other, model, cancellationToken))
            .All(written => !use.Span.Contains(written.Span) && !InPlaceChanges.IsAliased(written) && FunctionOf(written) == owner && IsDeclaredIn(symbol, owner));
    }

    /// <summary>Whether the variable belongs to all of a type, whose other members may write to it, as the parameter of a primary constructor does.</summary>
    private bool IsOfType(ISymbol variable) => variable.DeclaringSyntaxReferences.Any(declared => !_member.Span.Contains(declared.Span));

    private bool IsDeclaredIn(ISymbol variable, SyntaxNode function) =>
        variable.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax(cancellationToken) is { } declaration && FunctionOf(declaration) == function;

    private SyntaxNode FunctionOf(SyntaxNode node) =>
        node.Ancestors().FirstOrDefault(ancestor => ancestor is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax) ?? _member;

    /// <summary>Operators on numbers and truth values that neither throw nor call code of anyone's.</summary>
    private bool IsArithmetic(ExpressionSyntax expression) => model.GetOperation(expression, cancellationToken) switch
    {
        IBinaryOperation { OperatorMethod: null, IsChecked: false, OperatorKind: not (BinaryOperatorKind.Divide or BinaryOperatorKind.Remainder) } binary => IsPlain(binary.Type) && IsPlain(binary.LeftOperand.Type),
        IUnaryOperation { OperatorMethod: null, IsChecked: false } unary => IsPlain(unary.Type),
        _ => false,
    };

    private static bool IsPlain(ITypeSymbol? type) => type?.SpecialType is >= SpecialType.System_Boolean and <= SpecialType.System_Double and not SpecialType.System_Decimal;

    private static Effect Max(Effect first, Effect second) => first > second ? first : second;
}
