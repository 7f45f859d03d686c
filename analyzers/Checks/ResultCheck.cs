using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Checks;

/// <summary>Decides how the result of a checked method is looked at where it is dropped today.</summary>
/// <remarks>
/// V1's methods return nothing and V2's a <see langword="bool"/>, so what drops a result is the same text for both: a statement, an expression body
/// of a void function, a lambda or a method group that becomes a void delegate.
/// Action: <see cref="Prefix"/>, then <see cref="Override"/>, or <see cref="EndWithReturn"/> or nothing and the failure statements, separated by tabs.
/// </remarks>
internal static class ResultCheck
{
    public const string Prefix = "check:";

    /// <summary>The call is all that a void override does: it returns the result instead.</summary>
    public const string Override = "override";

    /// <summary>The top-level statements get a <c>return 0;</c> at their end, because <c>return 1;</c> is new among them.</summary>
    public const string EndWithReturn = "return";

    /// <param name="name">The name of the method in a call or a method group on a V1 or V2 receiver.</param>
    /// <returns><see langword="null"/> when the result is used or dropped on purpose.</returns>
    public static CheckSite? Describe(FileContext file, SimpleNameSyntax name, CheckedMethod method)
    {
        if (name.IsPartOfStructuredTrivia() || name.Parent is QualifiedNameSyntax)
            return null;

        var written = name.Parent is MemberAccessExpressionSyntax or MemberBindingExpressionSyntax ? (ExpressionSyntax)name.Parent : name;
        if (written.Parent is not InvocationExpressionSyntax call || call.Expression != written)
            return DescribeGroup(file, name, written, method);

        return call.ArgumentList.Arguments.Count == 0 && !Mocks.IsRecorded(call) ? DescribeCall(file, name, CheckedCalls.WholeChain(call), method) : null;
    }

    /// <summary>Whether the place of the name alone, with nothing bound, leaves it possible that the result is dropped.</summary>
    public static bool MayBeDropped(SimpleNameSyntax name)
    {
        var written = name.Parent is MemberAccessExpressionSyntax or MemberBindingExpressionSyntax ? (ExpressionSyntax)name.Parent : name;
        if (written.Parent is not InvocationExpressionSyntax call || call.Expression != written)
            return !name.IsPartOfStructuredTrivia() && !SyntaxFacts.IsInTypeOnlyContext(name);

        return call.ArgumentList.Arguments.Count == 0
            && CheckedCalls.WholeChain(call).Parent is ExpressionStatementSyntax or ArrowExpressionClauseSyntax or ForStatementSyntax or LambdaExpressionSyntax;
    }

    /// <summary>The check of a call whose result is dropped by a statement; <see langword="null"/> anywhere else.</summary>
    public static CheckSite? DescribeStatement(FileContext file, InvocationExpressionSyntax call, CheckedMethod method) =>
        CheckedCalls.WholeChain(call) is { Parent: ExpressionStatementSyntax } dropped ? Check(FailureHandling.For(file, dropped, method), dropped) : null;

    private static CheckSite? DescribeCall(FileContext file, SimpleNameSyntax name, ExpressionSyntax call, CheckedMethod method)
    {
        var isV1 = IsV1(file, name);
        switch (call.Parent)
        {
            case ExpressionStatementSyntax or ArrowExpressionClauseSyntax when EnclosingOverride(file, call, method) is { } overriding:
                return Overrides.Describe(call, overriding, method);
            case ExpressionStatementSyntax or ArrowExpressionClauseSyntax when VoidContracts.Implemented(file, call, method) is { } contract:
                return Manual(call, $"'{contract}' returns nothing, so its implementation has no way to say that '{method.Name}' failed; let it return bool, or decide here") with { FitsUnchecked = true };
            case ExpressionStatementSyntax:
                return Check(FailureHandling.For(file, call, method), call);
            case ArrowExpressionClauseSyntax arrow when DroppedResults.IsVoidFunction(file, arrow.Parent!):
                return Check(FailureHandling.For(file, call, method), call);
            case ForStatementSyntax:
                return Manual(call, "the head of a 'for' statement has no place for a check");
            case LambdaExpressionSyntax lambda when isV1 || DroppedResults.IsDropped(file, lambda):
                if (ExpressionTrees.Contain(call, file.Model, file.CancellationToken))
                    return Manual(call, "an expression tree cannot hold the check");
                return Check(FailureHandling.Throw(file, call, method).With(DroppedResults.ReasonToReview(file, lambda)), call);
            default:
                return null;
        }
    }

    private static CheckSite? DescribeGroup(FileContext file, SimpleNameSyntax name, ExpressionSyntax group, CheckedMethod method)
    {
        if (group is MemberBindingExpressionSyntax
            || group.Parent is MemberAccessExpressionSyntax
            || group.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } })
        {
            return null;
        }

        if (!IsV1(file, name) && !DroppedResults.IsDropped(file, group))
            return null;
        if (group.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SubtractAssignmentExpression })
            return Manual(group, "an event handler is removed here: it must be the same delegate that was added");
        if (EventHooks.IsRemovedElsewhere(group))
            return Manual(group, "the event handler is removed again, which a lambda cannot be");
        if (LambdaCaptures.ReasonNotToCapture(file, name) is { } reason)
            return Manual(group, reason);

        return Check(
            FailureHandling.Throw(file, group, method)
                .With(DroppedResults.ReasonToReview(file, group))
                .With(LambdaCaptures.ReasonToReview(file, name)),
            group);
    }

    private static CheckSite Check(FailureHandling handling, SyntaxNode node)
    {
        if (HasDirectiveInside(node))
            return Manual(node, "a preprocessor directive stands where braces would go");

        var parts = handling.Statements.Insert(0, handling.EndsWithReturn ? EndWithReturn : "");
        return new CheckSite(node, Prefix + string.Join("\t", parts), handling.Reason is null ? Facts.Safe : Facts.Review, handling.Reason);
    }

    /// <summary>Whether the braces of the check could open and close in different branches of an <c>#if</c>.</summary>
    private static bool HasDirectiveInside(SyntaxNode node)
    {
        var around = node.Parent switch
        {
            ExpressionStatementSyntax { Parent: not (BlockSyntax or GlobalStatementSyntax or SwitchSectionSyntax) } statement => statement.Parent,
            ArrowExpressionClauseSyntax arrow => arrow.Parent,
            LambdaExpressionSyntax lambda => lambda,
            var parent => parent,
        };
        return around!.DescendantTokens().Skip(1).Any(token => token.ContainsDirectives);
    }

    private static CheckSite Manual(SyntaxNode node, string reason) => new(node, Prefix, Facts.Manual, reason);

    /// <summary>V1's method returns nothing; in S3 a V1 receiver does not bind.</summary>
    private static bool IsV1(FileContext file, SimpleNameSyntax name) => file.Bind(name) is not IMethodSymbol { ReturnsVoid: false };

    private static MethodDeclarationSyntax? EnclosingOverride(FileContext file, SyntaxNode call, CheckedMethod method) =>
        call.Ancestors().FirstOrDefault(node => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax and not GlobalStatementSyntax)
            is MethodDeclarationSyntax { ParameterList.Parameters.Count: 0 } declaration
        && declaration.Identifier.ValueText == method.Name
        && declaration.Modifiers.Any(SyntaxKind.OverrideKeyword)
        && file.Model.GetDeclaredSymbol(declaration, file.CancellationToken) is { ReturnsVoid: true }
            ? declaration
            : null;
}
