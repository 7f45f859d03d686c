using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Swaps;

/// <summary>How much a call reads or writes, where the code says so.</summary>
internal static class BlockSizes
{
    /// <summary>Frames that a <c>Read</c> asks for; <see langword="null"/> when that is not a constant.</summary>
    public static int? Read(FileContext file, InvocationExpressionSyntax call) =>
        call.ArgumentList.Arguments.Count == 1 ? Constant(file, call.ArgumentList.Arguments[0].Expression) : null;

    /// <summary>Samples that a <c>Write</c> passes; <see langword="null"/> when that is not a constant.</summary>
    public static int? Written(FileContext file, InvocationExpressionSyntax call) =>
        call.ArgumentList.Arguments.Count == 1 ? LengthOf(file, call.ArgumentList.Arguments[0].Expression) : null;

    public static int? Constant(FileContext file, ExpressionSyntax expression) =>
        file.Model.GetConstantValue(expression, file.CancellationToken) is { HasValue: true, Value: int value } ? value : null;

    private static int? LengthOf(FileContext file, ExpressionSyntax array)
    {
        var value = file.Bind(array) is ILocalSymbol { DeclaringSyntaxReferences: { Length: 1 } references }
            && references[0].GetSyntax(file.CancellationToken) is VariableDeclaratorSyntax { Initializer.Value: var initial } ? initial : array;
        return value is ArrayCreationExpressionSyntax { Type.RankSpecifiers: { Count: 1 } ranks } && ranks[0].Sizes is { Count: 1 } sizes
            ? Constant(file, sizes[0])
            : null;
    }
}
