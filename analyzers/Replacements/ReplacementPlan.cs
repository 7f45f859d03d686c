using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace MigrationKit.Analyzers.Replacements;

/// <summary>What becomes of one use: changes of the text, or the reason why it stays.</summary>
/// <param name="Calls">The members that the replacement uses; a use inside one of them must stay, or it would call itself.</param>
internal sealed record ReplacementPlan(ImmutableArray<TextChange> Changes, string? Reason, ImmutableArray<ISymbol> Calls)
{
    private static readonly Dictionary<int, ArgumentChoice> Nothing = new();

    public static ReplacementPlan Create(Use use, Template template, SemanticModel model, CancellationToken cancellationToken)
    {
        if (Speculation.ContainerOf(use.Node) is null)
            return Manual("attributes and enum values take no replacement");
        if (ExpressionTrees.Contain(use.Node, model, cancellationToken))
            return Manual("it stands in an expression tree, which is translated as it is written");

        var resolved = new TemplateNames(template, use.Symbol.ContainingType, model, use.Node.SpanStart).Resolve();
        var substitution = new Substitution(template, use, model, isTyped: true, Nothing);
        var typed = Parenthesized(substitution.Apply(resolved), use);
        if (substitution.Reason is { } misfit)
            return Manual(misfit);
        if (!StartsWithReceiver(use, typed))
            return Manual("the receiver is behind '?.' and the template needs it as a value");
        if (BoundTemplate.TryCreate(model, use.Node, typed) is not { } meant)
            return Manual("it stands where the replacement cannot be tried");
        if (meant.FindError(cancellationToken) is { } error)
            return Manual($"the replacement does not compile here: {error}");

        var meantCalls = meant.Calls(cancellationToken);
        var calls = meantCalls.Select(call => call!.OriginalDefinition).ToImmutableArray();
        var chosen = OmittedArguments.Choose(template, use, resolved, meant.Expression, meant.Model);
        foreach (var choices in chosen.Count > 0 ? new[] { chosen, Nothing } : new[] { Nothing })
        {
            var written = new Substitution(template, use, model, isTyped: false, choices);
            var replacement = Parenthesized(written.Apply(resolved), use);
            if (written.Reason is { } unwritable)
                return Manual(unwritable) with { Calls = calls };
            if (BoundTemplate.TryCreate(model, use.Node, replacement) is { } bound
                && bound.FindError(cancellationToken) is null
                && bound.Calls(cancellationToken).SequenceEqual(meantCalls, SymbolEqualityComparer.Default))
            {
                return Judge(use, replacement, bound, model, cancellationToken) is { } reason ? Manual(reason) with { Calls = calls } : Change(use, replacement, calls);
            }
        }

        return Manual("with the arguments as they are written, the replacement would call another overload") with { Calls = calls };
    }

    private static ReplacementPlan Change(Use use, ExpressionSyntax replacement, ImmutableArray<ISymbol> calls) =>
        ReplacementEdits.Between(use, replacement) is { } changes
            ? new ReplacementPlan(changes, null, calls)
            : Manual("a comment stands between what the replacement changes") with { Calls = calls };

    private static string? Judge(Use use, ExpressionSyntax replacement, BoundTemplate bound, SemanticModel model, CancellationToken cancellationToken) =>
        EvaluationOrder.Check(use, replacement, model, cancellationToken)
        ?? ReplacementContext.Check(use.Node, bound, model, cancellationToken);

    private static bool StartsWithReceiver(Use use, ExpressionSyntax replacement)
    {
        if (use.IsConditional)
            return TemplateNames.Leading(replacement) is MemberBindingExpressionSyntax leading && replacement.DescendantNodes(node => node == replacement || !node.HasAnnotations(Substitution.Piece))
                .OfType<MemberBindingExpressionSyntax>().All(binding => binding == leading || binding.HasAnnotations(Substitution.Piece) || binding.FirstAncestorOrSelf<ConditionalAccessExpressionSyntax>() is not null);
        if (use.Receiver is null || TemplateNames.Leading(use.Receiver) is not (MemberBindingExpressionSyntax or ElementBindingExpressionSyntax))
            return true;

        var places = replacement.GetAnnotatedNodes(Substitution.Piece).Where(node => node.GetAnnotations(Substitution.Piece).Any(mark => mark.Data == "0")).ToList();
        return places.Count == 1 && places[0].SpanStart == replacement.SpanStart && TemplateNames.Leading(replacement) is MemberBindingExpressionSyntax or ElementBindingExpressionSyntax;
    }

    private static ExpressionSyntax Parenthesized(ExpressionSyntax replacement, Use use) =>
        Precedence.NeedsParentheses(replacement, use.Node) ? SyntaxFactory.ParenthesizedExpression(replacement.WithoutTrivia()) : replacement.WithoutTrivia();

    private static ReplacementPlan Manual(string reason) => new(ImmutableArray<TextChange>.Empty, reason, ImmutableArray<ISymbol>.Empty);
}
