using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Replacements;

/// <summary>Checks that a replacement evaluates what the user wrote once and in the written order.</summary>
internal static class EvaluationOrder
{
    private enum Effect
    {
        /// <summary>Gives the same value anywhere.</summary>
        None,

        /// <summary>Reads a variable: moves among its like, but not past code that could write it.</summary>
        Reads,

        Unknown,
    }

    /// <summary>Why the order or the number of evaluations would change; <see langword="null"/> when they stay.</summary>
    public static string? Check(Use use, ExpressionSyntax replacement, SemanticModel model, CancellationToken cancellationToken)
    {
        var effects = use.Pieces.Select(piece => EffectOf(piece, model, cancellationToken)).ToList();
        var places = replacement.GetAnnotatedNodes(Substitution.Piece)
            .OrderBy(node => node.SpanStart)
            .Select(node => (Node: node, Index: int.Parse(node.GetAnnotations(Substitution.Piece).First().Data!, CultureInfo.InvariantCulture)))
            .Where(place => effects[place.Index] != Effect.None)
            .ToList();

        if (places.Any(place => IsDeferred(place.Node, replacement)))
            return "the replacement would evaluate an argument later, or not always";
        if (!effects.Contains(Effect.Unknown))
            return null;

        var used = places.Select(place => place.Index).ToList();
        for (var i = 0; i < effects.Count; i++)
        {
            var count = used.Count(index => index == i);
            if (effects[i] == Effect.Unknown && count != 1)
                return count == 0 ? "the replacement would not evaluate an argument" : "the replacement would evaluate an argument more than once";
        }

        return used.Zip(used.Skip(1), (first, second) => first < second).All(isOrdered => isOrdered) ? null : "the replacement would evaluate the arguments in another order";
    }

    private static Effect EffectOf(ExpressionSyntax piece, SemanticModel model, CancellationToken cancellationToken)
    {
        if (piece is ParenthesizedExpressionSyntax parenthesized)
            return EffectOf(parenthesized.Expression, model, cancellationToken);
        if (piece.Parent is ArgumentSyntax { RefKindKeyword.RawKind: not (int)SyntaxKind.None })
            return Effect.Unknown;
        if (piece is ThisExpressionSyntax or BaseExpressionSyntax or TypeOfExpressionSyntax or DefaultExpressionSyntax or TypeSyntax and not SimpleNameSyntax
            || piece.IsKind(SyntaxKind.NullLiteralExpression) || piece.IsKind(SyntaxKind.DefaultLiteralExpression)
            || model.GetConstantValue(piece, cancellationToken).HasValue)
            return Effect.None;

        return model.GetSymbolInfo(piece, cancellationToken).Symbol switch
        {
            INamespaceOrTypeSymbol => Effect.None,
            ILocalSymbol or IParameterSymbol => Effect.Reads,
            IFieldSymbol { IsVolatile: false } when piece is SimpleNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } => Effect.Reads,
            _ => Effect.Unknown,
        };
    }

    private static bool IsDeferred(SyntaxNode node, ExpressionSyntax replacement)
    {
        for (var current = node; current != replacement && current.Parent is { } parent; current = parent)
        {
            var isSometimes = parent switch
            {
                AnonymousFunctionExpressionSyntax or QueryExpressionSyntax or SwitchExpressionArmSyntax => true,
                ConditionalExpressionSyntax choice => choice.Condition != current,
                ConditionalAccessExpressionSyntax access => access.Expression != current,
                AssignmentExpressionSyntax assignment => assignment.IsKind(SyntaxKind.CoalesceAssignmentExpression) && assignment.Right == current,
                BinaryExpressionSyntax binary => binary.Right == current
                    && (binary.IsKind(SyntaxKind.LogicalAndExpression) || binary.IsKind(SyntaxKind.LogicalOrExpression) || binary.IsKind(SyntaxKind.CoalesceExpression)),
                _ => false,
            };
            if (isSometimes)
                return true;
        }

        return false;
    }
}
