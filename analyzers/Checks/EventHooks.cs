using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Checks;

/// <summary>Handlers added to events: a lambda in a handler's place can never be removed again.</summary>
internal static class EventHooks
{
    public static bool IsAdded(FileContext file, ExpressionSyntax handler) =>
        handler.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression } hook
        && hook.Right == handler
        && file.Bind(hook.Left) is IEventSymbol;

    /// <summary>Whether the same handler, written the same way, is removed somewhere in the file.</summary>
    public static bool IsRemovedElsewhere(ExpressionSyntax handler) =>
        handler.Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression } hook
        && hook.SyntaxTree.GetRoot().DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(other =>
            other.IsKind(SyntaxKind.SubtractAssignmentExpression) && SyntaxFactory.AreEquivalent(other.Right, handler));
}
