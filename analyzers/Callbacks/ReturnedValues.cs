using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Callbacks;

/// <summary>Finds the expressions that a callback's result can come from, one for each path.</summary>
internal static class ReturnedValues
{
    public static IEnumerable<ExpressionSyntax> Of(CallbackFunction function) =>
        function.Body is ExpressionSyntax expression
            ? Leaves(expression)
            : function.Nodes().OfType<ReturnStatementSyntax>().Where(statement => statement.Expression is not null).SelectMany(statement => Leaves(statement.Expression!));

    private static IEnumerable<ExpressionSyntax> Leaves(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax inner => Leaves(inner.Expression),
        ConditionalExpressionSyntax choice => Leaves(choice.WhenTrue).Concat(Leaves(choice.WhenFalse)),
        SwitchExpressionSyntax choice => choice.Arms.SelectMany(arm => Leaves(arm.Expression)),
        BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression } coalesce => Leaves(coalesce.Right),
        ThrowExpressionSyntax => Enumerable.Empty<ExpressionSyntax>(),
        _ => new[] { expression },
    };
}
