using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Replacements;

/// <summary>Decides where an expression needs parentheses.</summary>
internal static class Precedence
{
    private const int Primary = 20;
    private const int Unary = 19;
    private const int Lowest = 1;

    /// <summary>Whether <paramref name="value"/> must be parenthesised where <paramref name="place"/> stands.</summary>
    public static bool NeedsParentheses(ExpressionSyntax value, ExpressionSyntax place)
    {
        // The colon of an alias would start a format.
        if (place.Parent is InterpolationSyntax && value is not ParenthesizedExpressionSyntax && value.DescendantNodesAndSelf().Any(node => node is AliasQualifiedNameSyntax))
            return true;

        var level = Of(value);
        return level < Primary && place.Parent switch
        {
            InterpolationSyntax => level == Lowest,
            ExpressionStatementSyntax or StatementSyntax or ArgumentSyntax or EqualsValueClauseSyntax or ArrowExpressionClauseSyntax or ParenthesizedExpressionSyntax
                or InitializerExpressionSyntax or AnonymousFunctionExpressionSyntax or AnonymousObjectMemberDeclaratorSyntax => false,
            BinaryExpressionSyntax binary when level < Unary && Of(binary) is var outer =>
                level < outer || (level == outer && (binary.Left == place) == IsRightAssociative(binary)) || value is not BinaryExpressionSyntax,
            BinaryExpressionSyntax => false,
            PrefixUnaryExpressionSyntax or CastExpressionSyntax or AwaitExpressionSyntax => true,
            AssignmentExpressionSyntax assignment when assignment.Right == place => false,
            _ => true,
        };
    }

    private static bool IsRightAssociative(BinaryExpressionSyntax binary) => binary.IsKind(SyntaxKind.CoalesceExpression);

    private static int Of(ExpressionSyntax expression) => expression.Kind() switch
    {
        SyntaxKind.MultiplyExpression or SyntaxKind.DivideExpression or SyntaxKind.ModuloExpression => 16,
        SyntaxKind.AddExpression or SyntaxKind.SubtractExpression => 15,
        SyntaxKind.LeftShiftExpression or SyntaxKind.RightShiftExpression or SyntaxKind.UnsignedRightShiftExpression => 14,
        SyntaxKind.LessThanExpression or SyntaxKind.LessThanOrEqualExpression or SyntaxKind.GreaterThanExpression or SyntaxKind.GreaterThanOrEqualExpression
            or SyntaxKind.IsExpression or SyntaxKind.AsExpression or SyntaxKind.IsPatternExpression => 13,
        SyntaxKind.EqualsExpression or SyntaxKind.NotEqualsExpression => 12,
        SyntaxKind.BitwiseAndExpression => 11,
        SyntaxKind.ExclusiveOrExpression => 10,
        SyntaxKind.BitwiseOrExpression => 9,
        SyntaxKind.LogicalAndExpression => 8,
        SyntaxKind.LogicalOrExpression => 7,
        SyntaxKind.CoalesceExpression => 6,
        _ => expression switch
        {
            PrefixUnaryExpressionSyntax or CastExpressionSyntax or AwaitExpressionSyntax => Unary,
            ConditionalExpressionSyntax or AssignmentExpressionSyntax or AnonymousFunctionExpressionSyntax or SwitchExpressionSyntax or WithExpressionSyntax or RangeExpressionSyntax
                or QueryExpressionSyntax or ThrowExpressionSyntax or ConditionalAccessExpressionSyntax or RefExpressionSyntax or StackAllocArrayCreationExpressionSyntax => Lowest,
            _ => Primary,
        },
    };
}
