using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Callbacks;

/// <summary>Finds where a callback asks whether its input is null, which a stream never hands over.</summary>
internal static class InputTests
{
    /// <summary>Whether the function tests its input for null anywhere: on some path its length may not be asked for.</summary>
    public static bool Exist(FileContext file, CallbackFunction function) => function.Nodes().Any(node => node switch
    {
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } coalesce => function.IsInput(file, coalesce.Left),
        BinaryExpressionSyntax comparison => IsComparisonWithNull(file, function, comparison),
        IsPatternExpressionSyntax pattern => function.IsInput(file, pattern.Expression),
        ConditionalAccessExpressionSyntax access => function.IsInput(file, access.Expression),
        SwitchExpressionSyntax choice => function.IsInput(file, choice.GoverningExpression),
        SwitchStatementSyntax choice => function.IsInput(file, choice.Expression),
        _ => false,
    });

    /// <summary>Whether the value is returned only when the input is null: never.</summary>
    public static bool GuardAlone(FileContext file, CallbackFunction function, ExpressionSyntax value)
    {
        for (SyntaxNode node = value; node != function.Body && node.Parent is { } parent; node = parent)
        {
            var condition = parent switch
            {
                IfStatementSyntax choice when choice.Statement == node => choice.Condition,
                ConditionalExpressionSyntax choice when choice.WhenTrue == node => choice.Condition,
                _ => null,
            };
            if (condition is not null && IsTest(file, function, condition))
                return true;
        }

        return false;
    }

    private static bool IsTest(FileContext file, CallbackFunction function, ExpressionSyntax condition) => condition switch
    {
        ParenthesizedExpressionSyntax inner => IsTest(file, function, inner.Expression),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression } comparison => IsComparisonWithNull(file, function, comparison),
        IsPatternExpressionSyntax { Pattern: ConstantPatternSyntax { Expression.RawKind: (int)SyntaxKind.NullLiteralExpression } } pattern => function.IsInput(file, pattern.Expression),
        _ => false,
    };

    private static bool IsComparisonWithNull(FileContext file, CallbackFunction function, BinaryExpressionSyntax comparison) =>
        comparison.Right.IsKind(SyntaxKind.NullLiteralExpression) && function.IsInput(file, comparison.Left)
        || comparison.Left.IsKind(SyntaxKind.NullLiteralExpression) && function.IsInput(file, comparison.Right);
}
