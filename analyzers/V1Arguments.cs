using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers;

/// <summary>Judges the arguments that are written at a V1 call.</summary>
internal static class V1Arguments
{
    /// <summary>Whether every argument has a place in V1's signature, or already has the V2 name of one, and none is given twice.</summary>
    public static bool Fit(BaseArgumentListSyntax arguments, Signature signature)
    {
        var targets = arguments.Arguments.Select((argument, index) => TargetOf(argument, index, signature)).ToList();
        return targets.All(target => target is not null) && targets.Distinct().Count() == targets.Count;
    }

    /// <summary>Whether an argument has no type of its own (<c>null</c>, <c>default</c>, <c>new(...)</c>), so that an overload of the same length makes the call ambiguous.</summary>
    public static bool IsUntyped(ExpressionSyntax expression) => expression switch
    {
        ParenthesizedExpressionSyntax parenthesized => IsUntyped(parenthesized.Expression),
        PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression } suppressed => IsUntyped(suppressed.Operand),
        ConditionalExpressionSyntax conditional => IsUntyped(conditional.WhenTrue) && IsUntyped(conditional.WhenFalse),
        SwitchExpressionSyntax choice => choice.Arms.All(arm => IsUntyped(arm.Expression)),
        _ => expression.IsKind(SyntaxKind.NullLiteralExpression) || expression.IsKind(SyntaxKind.DefaultLiteralExpression) || expression is ImplicitObjectCreationExpressionSyntax,
    };

    private static string? TargetOf(ArgumentSyntax argument, int position, Signature signature)
    {
        if (argument.NameColon?.Name.Identifier.ValueText is not { } written)
            return position < signature.New.Length ? signature.New[position] : null;

        var index = signature.Old.IndexOf(written);
        return index >= 0 ? signature.New[index] : signature.New.Contains(written) ? written : null;
    }
}
