using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Callbacks;

/// <summary>Tells what is visibly wrong with a value that a callback returns. A value that is not understood is taken for right.</summary>
internal sealed class BlockDefects(FileContext file, CallbackFunction function)
{
    private readonly BlockLengths _lengths = new(file, function);

    public BlockDefect Of(ExpressionSyntax value)
    {
        if (IsNull(value))
            return BlockDefect.Null;
        if (IsNotFinite(value))
            return BlockDefect.NotFinite;
        if (_lengths.IsOther(value))
            return BlockDefect.Length;
        return MayBeNull(value) ? BlockDefect.MaybeNull : BlockDefect.None;
    }

    private static bool IsNull(ExpressionSyntax value) => value switch
    {
        ParenthesizedExpressionSyntax inner => IsNull(inner.Expression),
        CastExpressionSyntax cast => IsNull(cast.Expression),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } sure => IsNull(sure.Operand),
        LiteralExpressionSyntax literal => literal.Kind() is SyntaxKind.NullLiteralExpression or SyntaxKind.DefaultLiteralExpression,
        DefaultExpressionSyntax => true,
        _ => false,
    };

    private bool MayBeNull(ExpressionSyntax value)
    {
        if (value is PostfixUnaryExpressionSyntax || function.IsInput(file, value))
            return false; // a '!' is the author's word, and the input is never null

        if (value is InvocationExpressionSyntax && file.Bind(value) is IMethodSymbol { Name: "Read" } read && file.Types.Is(read.ContainingType, KnownTypes.TripleBuffer))
            return false; // MK0102 says so

        return value is ConditionalAccessExpressionSyntax
            || file.Model.GetTypeInfo(value, file.CancellationToken).Nullability.FlowState == NullableFlowState.MaybeNull;
    }

    private bool IsNotFinite(ExpressionSyntax value) => value switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ToArray", Expression: InvocationExpressionSyntax source } } =>
            MakesNotFinite(source),
        _ => ElementsOf(value)?.Any(IsNotFiniteSample) == true,
    };

    private bool MakesNotFinite(InvocationExpressionSyntax source) => (source.Expression, source.ArgumentList.Arguments) switch
    {
        (MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Repeat", Expression: var type }, { Count: 2 } arguments) =>
            file.Bind(type) is ITypeSymbol { Name: "Enumerable" } && IsNotFiniteSample(arguments[0].Expression),
        (MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Select" }, { Count: 1 } arguments) =>
            arguments[0].Expression is LambdaExpressionSyntax { ExpressionBody: { } sample } && IsNotFiniteSample(sample),
        _ => false,
    };

    private bool IsNotFiniteSample(ExpressionSyntax sample) => sample switch
    {
        ParenthesizedExpressionSyntax inner => IsNotFiniteSample(inner.Expression),
        CastExpressionSyntax cast => IsNotFiniteSample(cast.Expression),
        ConditionalExpressionSyntax choice => IsNotFiniteSample(choice.WhenTrue) || IsNotFiniteSample(choice.WhenFalse),
        SimpleNameSyntax or MemberAccessExpressionSyntax => file.Bind(sample) is IFieldSymbol
        {
            Name: "NaN" or "PositiveInfinity" or "NegativeInfinity",
            ContainingType.SpecialType: SpecialType.System_Single or SpecialType.System_Double,
        },
        _ => false,
    };

    /// <summary>The elements written into an array, without spread ones; <see langword="null"/> when no elements are written.</summary>
    internal static IEnumerable<ExpressionSyntax>? ElementsOf(ExpressionSyntax value) => value switch
    {
        ArrayCreationExpressionSyntax { Initializer: { } initializer } => initializer.Expressions,
        ImplicitArrayCreationExpressionSyntax { Initializer: var initializer } => initializer.Expressions,
        { RawKind: NewerSyntax.CollectionExpression } => NewerSyntax.ElementsOf(value),
        _ => null,
    };
}
