using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Callbacks;

/// <summary>Tells which arrays of a callback visibly are, or can be, of another length than its input.</summary>
internal sealed class BlockLengths(FileContext file, CallbackFunction function)
{
    public bool IsOther(ExpressionSyntax value) => value switch
    {
        ArrayCreationExpressionSyntax { Initializer: null, Type.RankSpecifiers: { Count: > 0 } ranks } => ranks[0].Sizes.Count == 1 && IsOtherNumber(ranks[0].Sizes[0]),
        { RawKind: NewerSyntax.CollectionExpression } => !NewerSyntax.HasSpread(value),
        ArrayCreationExpressionSyntax or ImplicitArrayCreationExpressionSyntax => true,
        ElementAccessExpressionSyntax { ArgumentList.Arguments: { Count: 1 } arguments } slice => arguments[0].Expression is RangeExpressionSyntax range && IsOtherRange(slice.Expression, range),
        InvocationExpressionSyntax call => IsEmptyArray(call) || IsPart(call),
        IdentifierNameSyntax name => InitialValue(name) is ArrayCreationExpressionSyntax created && IsOther(created),
        _ => false,
    };

    /// <summary>Whether the number visibly is the input's length.</summary>
    private bool IsLength(ExpressionSyntax number) => number switch
    {
        ParenthesizedExpressionSyntax inner => IsLength(inner.Expression),
        CastExpressionSyntax cast => IsLength(cast.Expression),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Length" or "LongLength" } length => function.IsInput(file, length.Expression),
        InvocationExpressionSyntax { ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Count" } count } => function.IsInput(file, count.Expression),
        IdentifierNameSyntax name => InitialValue(name) is { } value && IsLength(value),
        _ => false,
    };

    /// <summary>Whether the number comes from somewhere else than the input, or is the length changed by a constant.</summary>
    private bool IsOtherNumber(ExpressionSyntax number)
    {
        if (IsLength(number))
            return false;
        if (IsConstant(number))
            return true;
        if (number is ParenthesizedExpressionSyntax inner)
            return IsOtherNumber(inner.Expression);
        if (number is BinaryExpressionSyntax changed && (IsLength(changed.Left) && IsConstant(changed.Right) || IsConstant(changed.Left) && IsLength(changed.Right)))
            return !IsNeutral(changed);
        if (number is IdentifierNameSyntax name && InitialValue(name) is { } value)
            return IsOtherNumber(value);

        return number.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().All(IsFromOutside);
    }

    private bool IsNeutral(BinaryExpressionSyntax changed)
    {
        var constant = file.Model.GetConstantValue(IsConstant(changed.Right) ? changed.Right : changed.Left, file.CancellationToken).Value;
        return changed.Kind() switch
        {
            SyntaxKind.AddExpression => constant is 0,
            SyntaxKind.SubtractExpression => constant is 0 && IsConstant(changed.Right),
            SyntaxKind.MultiplyExpression => constant is 1,
            SyntaxKind.DivideExpression => constant is 1 && IsConstant(changed.Right),
            _ => true,
        };
    }

    private bool IsConstant(ExpressionSyntax number) => file.Model.GetConstantValue(number, file.CancellationToken).HasValue;

    /// <summary>Whether a name has nothing to do with the input: what the callback itself declares may be computed from it.</summary>
    private bool IsFromOutside(IdentifierNameSyntax name) =>
        file.Bind(name) is { } symbol
        && symbol.Kind != SymbolKind.ErrorType
        && !symbol.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == file.Model.SyntaxTree
            && (function.Body.Span.Contains(reference.Span) || function.Parameter?.Span == reference.Span));

    private bool IsEmptyArray(InvocationExpressionSyntax call) =>
        file.Bind(call) is IMethodSymbol { Name: "Empty", ContainingType.SpecialType: SpecialType.System_Array };

    /// <summary>Whether the call is <c>Take</c> or <c>Skip</c>, then <c>ToArray</c>, on the input, or takes a constant number of samples from anything.</summary>
    private bool IsPart(InvocationExpressionSyntax call)
    {
        if (call.Expression is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ToArray", Expression: InvocationExpressionSyntax part }
            || part.Expression is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Take" or "TakeLast" or "Skip" or "SkipLast" } method
            || part.ArgumentList.Arguments is not { Count: 1 } arguments)
            return false;

        var isLinq = file.Bind(method.Name) is not { } symbol || symbol is IMethodSymbol { ContainingType.Name: "Enumerable" };
        if (!isLinq)
            return false;

        var count = arguments[0].Expression;
        var takes = method.Name.Identifier.ValueText is "Take" or "TakeLast";
        if (IsSamplesOfInput(method.Expression))
            return takes ? !IsLength(count) : !IsZero(count);
        return takes && IsConstant(count);
    }

    /// <summary>Whether the sequence has one sample for each of the input's.</summary>
    private bool IsSamplesOfInput(ExpressionSyntax sequence) => sequence switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Select" or "Reverse" or "AsEnumerable" } method } => IsSamplesOfInput(method.Expression),
        _ => function.IsInput(file, sequence),
    };

    private bool IsOtherRange(ExpressionSyntax array, RangeExpressionSyntax range)
    {
        var startsAtZero = range.LeftOperand is null || IsZero(range.LeftOperand);
        if (function.IsInput(file, array))
            return !(startsAtZero && (range.RightOperand is null || IsLength(range.RightOperand) || IsEnd(range.RightOperand)));

        return startsAtZero && range.RightOperand is { } end && IsConstant(end);
    }

    private bool IsEnd(ExpressionSyntax bound) => bound is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.IndexExpression } index && IsZero(index.Operand);

    private bool IsZero(ExpressionSyntax number) => file.Model.GetConstantValue(number, file.CancellationToken).Value is 0;

    /// <summary>What a variable of the callback is set to where it is declared, if that is the only place.</summary>
    private ExpressionSyntax? InitialValue(IdentifierNameSyntax name)
    {
        if (file.Bind(name) is not ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } references }
            || references[0].GetSyntax(file.CancellationToken) is not VariableDeclaratorSyntax { Initializer.Value: { } value } declarator
            || !function.Body.Span.Contains(declarator.Span))
            return null;

        return Assignments.Exist(file, function.Body, name) ? null : value;
    }
}
