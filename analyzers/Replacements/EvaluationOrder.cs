using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Replacements;

/// <summary>Checks that a replacement evaluates what the user wrote once, in the written order, and before it does anything of its own.</summary>
internal static class EvaluationOrder
{
    private enum Delay
    {
        None,

        /// <summary>Evaluated now or not at all.</summary>
        Sometimes,

        /// <summary>Evaluated by a function that runs later, any number of times.</summary>
        InFunction,
    }

    /// <summary>Why the order or the number of evaluations would change; <see langword="null"/> when they stay.</summary>
    /// <param name="hoisted">The pieces that are evaluated ahead, by their index: the replacement has only their names.</param>
    public static string? Check(Use use, ExpressionSyntax replacement, Effects effects, IReadOnlyDictionary<int, string> hoisted)
    {
        var pieces = use.Pieces.ToList();
        var of = pieces.Select((piece, index) => hoisted.ContainsKey(index) ? Effect.None : effects.Of(piece)).ToList();
        var places = Places(replacement);
        foreach (var (node, index) in places)
        {
            var delay = DelayOf(node, replacement);
            if ((delay == Delay.Sometimes && (of[index] == Effect.Unknown || IsOut(pieces[index]))) || (delay == Delay.InFunction && !effects.IsConstant(pieces[index])))
                return "the replacement would evaluate an argument later, or not always";
        }

        for (var i = 0; i < pieces.Count; i++)
        {
            var count = places.Count(place => place.Index == i);
            if (hoisted.ContainsKey(i))
                continue;
            if (count == 0 && IsOut(pieces[i]))
                return "the replacement would leave an 'out' argument unassigned";
            if (count == 0 && of[i] == Effect.Unknown)
                return "the replacement would not evaluate an argument";
            if (count > 1 && !effects.MayRepeat(pieces[i]))
                return "the replacement would evaluate an argument more than once";
        }

        var ordered = places.Where(place => of[place.Index] != Effect.None).ToList();
        if (ordered.Any(place => ActsBefore(place.Node, replacement)))
            return "the replacement would call something of its own before it evaluates an argument";
        return !of.Contains(Effect.Unknown) || ordered.Zip(ordered.Skip(1), (first, second) => first.Index < second.Index).All(isOrdered => isOrdered)
            ? null
            : "the replacement would evaluate the arguments in another order";
    }

    /// <summary>Whether a piece can only stay the same when it is evaluated ahead, though it has no effect: a variable that a function would capture.</summary>
    public static bool IsCaptured(int piece, ExpressionSyntax replacement) =>
        Places(replacement).Any(place => place.Index == piece && DelayOf(place.Node, replacement) == Delay.InFunction);

    private static List<(SyntaxNode Node, int Index)> Places(ExpressionSyntax replacement) =>
        replacement.GetAnnotatedNodes(Substitution.Piece)
            .OrderBy(node => node.SpanStart)
            .Select(node => (node, int.Parse(node.GetAnnotations(Substitution.Piece).First().Data!, CultureInfo.InvariantCulture)))
            .ToList();

    /// <summary>Whether the template has called, created or written something when the evaluation comes to <paramref name="piece"/>.</summary>
    /// <remarks>What only reads a property is no act: properties are taken as what they should be.</remarks>
    private static bool ActsBefore(SyntaxNode piece, ExpressionSyntax replacement) =>
        replacement.DescendantNodesAndSelf(node => !node.HasAnnotations(Substitution.Piece)).Any(node => !node.HasAnnotations(Substitution.Piece) && node switch
        {
            InvocationExpressionSyntax or AwaitExpressionSyntax => node.Span.End <= piece.SpanStart,
            BaseObjectCreationExpressionSyntax { Initializer: { } initializer } => node.Span.End <= piece.SpanStart || initializer.Span.Contains(piece.Span),
            BaseObjectCreationExpressionSyntax or AssignmentExpressionSyntax => node.Span.End <= piece.SpanStart,
            PostfixUnaryExpressionSyntax or PrefixUnaryExpressionSyntax => (node.IsKind(SyntaxKind.PostIncrementExpression) || node.IsKind(SyntaxKind.PostDecrementExpression)
                || node.IsKind(SyntaxKind.PreIncrementExpression) || node.IsKind(SyntaxKind.PreDecrementExpression)) && node.Span.End <= piece.SpanStart,
            _ => false,
        });

    /// <summary>Whether the code after the use relies on the argument to be assigned.</summary>
    private static bool IsOut(ExpressionSyntax piece) =>
        piece.Parent is ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.OutKeyword }
        && piece is not (IdentifierNameSyntax { Identifier.ValueText: "_" } or DeclarationExpressionSyntax { Designation: DiscardDesignationSyntax });

    private static Delay DelayOf(SyntaxNode node, ExpressionSyntax replacement)
    {
        var delay = Delay.None;
        for (var current = node; current != replacement && current.Parent is { } parent; current = parent)
        {
            if (parent is AnonymousFunctionExpressionSyntax or QueryExpressionSyntax)
                return Delay.InFunction;
            if (IsSometimes(current, parent))
                delay = Delay.Sometimes;
        }

        return delay;
    }

    /// <summary>Whether <paramref name="parent"/> can be evaluated without <paramref name="child"/>.</summary>
    public static bool IsSometimes(SyntaxNode child, SyntaxNode parent) => parent switch
    {
        SwitchExpressionArmSyntax => true,
        ConditionalExpressionSyntax choice => choice.Condition != child,
        ConditionalAccessExpressionSyntax access => access.Expression != child,
        AssignmentExpressionSyntax assignment => assignment.IsKind(SyntaxKind.CoalesceAssignmentExpression) && assignment.Right == child,
        BinaryExpressionSyntax binary => binary.Right == child
            && (binary.IsKind(SyntaxKind.LogicalAndExpression) || binary.IsKind(SyntaxKind.LogicalOrExpression) || binary.IsKind(SyntaxKind.CoalesceExpression)),
        _ => false,
    };
}
