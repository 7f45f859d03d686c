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
/// <param name="Review">Why a person should look at the changes; <see langword="null"/> when nobody must.</param>
internal sealed record ReplacementPlan(ImmutableArray<TextChange> Changes, string? Reason, ImmutableArray<ISymbol> Calls, string? Review = null)
{
    /// <summary>Whether the replacement declares locals, whose names the file then takes.</summary>
    public bool TakesNames { get; init; }

    private static readonly Dictionary<int, ArgumentChoice> Nothing = new();

    public static ReplacementPlan Create(Use use, Template template, SemanticModel model, LocalNames names, CancellationToken cancellationToken)
    {
        if (Speculation.ContainerOf(use.Node) is null)
            return Manual("attributes and enum values take no replacement");
        if (ExpressionTrees.Contain(use.Node, model, cancellationToken))
            return Manual("it stands in an expression tree, which is translated as it is written");

        var own = template.DeclaredNames;
        if (template.Variables.FirstOrDefault(name => names.IsTaken(name, use.Node)) is { } taken)
            return Manual($"the replacement declares '{taken}', and the name is taken there");
        if (use.Pieces.SelectMany(piece => piece.DescendantTokens()).FirstOrDefault(token => token.IsKind(SyntaxKind.IdentifierToken) && own.Contains(token.ValueText)) is { RawKind: not 0 } hidden)
            return Manual($"'{hidden.ValueText}' would mean what the replacement declares under that name");

        var resolved = new TemplateNames(template, use.Symbol.ContainingType, model, use.Node.SpanStart).Resolve();
        if (use.IsGroup)
        {
            if (template.Expression is not InvocationExpressionSyntax group || !template.HasSameArguments(group))
                return Manual("the method is used as a delegate, and the replacement is no call with the same arguments");
            resolved = ((InvocationExpressionSyntax)resolved).Expression;
        }

        if (use.Initializer is not null)
        {
            if (resolved is not ObjectCreationExpressionSyntax { Initializer: null } creation)
                return Manual("the replacement cannot carry an object initializer");
            resolved = creation.WithInitializer(use.Initializer.WithLeadingTrivia(SyntaxFactory.Space));
        }

        var substitution = new Substitution(template, use, model, isTyped: true, Nothing, Hoisting.None.Names);
        var typed = Parenthesized(substitution.Apply(resolved), use);
        if (substitution.Reason is { } misfit)
            return Manual(misfit);
        if (!StartsWithReceiver(use, typed))
            return Manual("the receiver is behind '?.' and the template needs it as a value");
        if (BoundTemplate.TryCreate(model, use.Node, typed, Hoisting.None) is not { } meant)
            return Manual("it stands where the replacement cannot be tried");
        if (meant.FindError(cancellationToken) is not null && ReplacementContext.IsWritten(use.Node) && meant.Expression is InvocationExpressionSyntax)
            return Manual("the member is written to, and the replacement cannot be");
        if (meant.FindError(cancellationToken) is { } error)
            return Manual($"the replacement does not compile here: {error}");

        if (meant.FindStranger(template, cancellationToken) is { } stranger)
            return Manual($"'{stranger}' means something else there than the replacement means by it");

        var meantCalls = meant.Calls(cancellationToken);
        var calls = meantCalls.Select(call => call!.OriginalDefinition).ToImmutableArray();
        var chosen = OmittedArguments.Choose(template, use, resolved, meant.Expression, meant.Model);
        var effects = new Effects(use.Node, model, cancellationToken);
        foreach (var choices in chosen.Count > 0 ? new[] { chosen, Nothing } : new[] { Nothing })
        {
            if (Write(choices, Hoisting.None) is not { } written)
                continue;
            if (written.Reason is { } unwritable)
                return Manual(unwritable) with { Calls = calls };
            if (EvaluationOrder.Check(use, written.Replacement, effects, Hoisting.None.Names) is not { } disorder)
                return Finish(written, Hoisting.None);

            var (statement, noPlace) = HoistPlace.Of(use.Node, effects, model, cancellationToken);
            if (statement is null)
                return Manual($"{disorder}, and {noPlace}") with { Calls = calls };

            foreach (var hoisting in Hoisting.Candidates(use, own, statement, written.Replacement, effects, names, model, cancellationToken, out noPlace))
            {
                if (Write(choices, hoisting) is { Reason: null } ahead && EvaluationOrder.Check(use, ahead.Replacement, effects, hoisting.Names) is null)
                    return Finish(ahead, hoisting);
            }

            return Manual($"{disorder}, and {noPlace}") with { Calls = calls };
        }

        return Manual("with the arguments as they are written, the replacement would call another overload") with { Calls = calls };

        (ExpressionSyntax Replacement, BoundTemplate Bound, string? Reason)? Write(IReadOnlyDictionary<int, ArgumentChoice> choices, Hoisting hoisting)
        {
            var casts = ImmutableHashSet<int>.Empty;
            while (true)
            {
                var writing = new Substitution(template, use, model, isTyped: false, choices, hoisting.Names) { Casts = casts };
                var replacement = Parenthesized(writing.Apply(resolved), use);
                if (writing.Reason is { } reason)
                    return (replacement, meant, reason);
                if (BoundTemplate.TryCreate(model, use.Node, replacement, hoisting) is not { } bound
                    || bound.FindError(cancellationToken) is not null
                    || !bound.Calls(cancellationToken).SequenceEqual(meantCalls, SymbolEqualityComparer.Default))
                {
                    return null;
                }

                var found = ArgumentCasts.Of(use, bound, model, cancellationToken).Union(casts);
                if (found.Count == casts.Count)
                    return (replacement, bound, null);
                casts = found;
            }
        }

        ReplacementPlan Finish((ExpressionSyntax Replacement, BoundTemplate Bound, string? Reason) written, Hoisting hoisting)
        {
            if (ReplacementContext.Check(use.Node, written.Bound, model, cancellationToken) is { } reason)
                return Manual(reason) with { Calls = calls };
            if (ReplacementEdits.Between(use, written.Replacement, hoisting) is not { } changes)
                return Manual("a comment stands between what the replacement changes") with { Calls = calls };

            names.Take(hoisting.Names.Values.Concat(template.Variables), use.Node);
            return new ReplacementPlan(changes, null, calls, ReasonToReview(use, hoisting)) { TakesNames = !hoisting.Names.IsEmpty || !template.Variables.IsEmpty };
        }
    }

    private static string? ReasonToReview(Use use, Hoisting hoisting)
    {
        if (!hoisting.Names.IsEmpty)
            return $"arguments are evaluated ahead of the statement, into {string.Join(", ", hoisting.Names.OrderBy(pair => pair.Key).Select(pair => $"'{pair.Value}'"))}";
        return use.IsGroup && use.Node.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression or (int)SyntaxKind.SubtractAssignmentExpression }
            ? "what is added to an event must be what is removed from it"
            : null;
    }

    private static bool StartsWithReceiver(Use use, ExpressionSyntax replacement)
    {
        if (use.IsConditional)
            return TemplateNames.Leading(replacement) is MemberBindingExpressionSyntax or ElementBindingExpressionSyntax && TemplateNames.Leading(replacement) is var leading && replacement.DescendantNodes(node => node == replacement || !node.HasAnnotations(Substitution.Piece))
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
