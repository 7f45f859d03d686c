using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Replacements;

/// <summary>Looks for cases that become the same when a constant is replaced.</summary>
internal static class SwitchLabels
{
    /// <summary>Whether <paramref name="node"/> is a case of a <c>switch</c> that has another one for <paramref name="value"/>, or for a member with the same replacement.</summary>
    public static bool Have(ExpressionSyntax node, object? value, SemanticModel model, CancellationToken cancellationToken)
    {
        if (!IsLabel(node))
            return false;

        var replacement = ReplacementOf(node);
        return node.Ancestors().FirstOrDefault(ancestor => ancestor is SwitchStatementSyntax or SwitchExpressionSyntax) is { } around
            && around.DescendantNodes().OfType<ExpressionSyntax>().Where(other => other != node && IsLabel(other)).Any(other =>
                (model.GetConstantValue(other, cancellationToken) is { HasValue: true, Value: var taken } && Equals(taken, value)) || ReplacementOf(other) == replacement);

        string? ReplacementOf(ExpressionSyntax label) => model.GetSymbolInfo(label, cancellationToken).Symbol is { } symbol ? ReplaceWithDeclaration.Of(symbol)?.Text ?? "" : "";
    }

    private static bool IsLabel(ExpressionSyntax expression) => expression.Parent is CaseSwitchLabelSyntax or ConstantPatternSyntax;
}
