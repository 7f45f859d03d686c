using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Swaps;

/// <summary>Tells calls of a ring's methods from method groups.</summary>
internal static class RingCalls
{
    /// <summary>The call of a member name; <see langword="null"/> for a method group.</summary>
    public static InvocationExpressionSyntax? Of(SimpleNameSyntax name) => name.Parent switch
    {
        MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax call } access when call.Expression == access => call,
        MemberBindingExpressionSyntax { Parent: InvocationExpressionSyntax call } binding when call.Expression == binding => call,
        _ => null,
    };

    public static bool IsInNameof(Microsoft.CodeAnalysis.SyntaxNode node) =>
        node.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } call
        && call.ArgumentList.Contains(node);
}
