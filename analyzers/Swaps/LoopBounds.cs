using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Swaps;

/// <summary>Finds <c>for</c> loops over a block that count to what its <c>Read</c> asked for: V2's block is as long as it was written, so they count to its length.</summary>
internal static class LoopBounds
{
    /// <summary>The bounds to change and their new texts.</summary>
    public static IEnumerable<(ExpressionSyntax Bound, string Text)> Of(FileContext file, InvocationExpressionSyntax read)
    {
        if (read.ArgumentList.Arguments.Count != 1 || BlockOf(file, read, out var scope) is not { } block || scope is null)
            yield break;

        var asked = read.ArgumentList.Arguments[0].Expression;
        foreach (var loop in scope.DescendantNodes().OfType<ForStatementSyntax>().Where(loop => loop.SpanStart > read.SpanStart))
        {
            if (loop.Condition is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LessThanExpression, Left: IdentifierNameSyntax counter, Right: var bound }
                && loop.Declaration?.Variables.Any(variable => variable.Identifier.ValueText == counter.Identifier.ValueText) == true
                && IsSame(file, asked, bound, scope)
                && IndexedArrays(loop, counter) is var indexed && indexed.FirstOrDefault(array => Is(file, array, block)) is { } use)
            {
                var length = use + ".Length";
                var others = Names(loop.Statement, counter.Identifier.ValueText).Count() > indexed.Count(array => Is(file, array, block));
                yield return (bound, others ? $"{Math(file, bound)}.Min({bound}, {length})" : length);
            }
        }
    }

    /// <summary>The local variable that a statement of its own stores the block in.</summary>
    private static ILocalSymbol? BlockOf(FileContext file, InvocationExpressionSyntax read, out SyntaxNode? scope)
    {
        var (symbol, statement) = read.Parent switch
        {
            EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Parent: LocalDeclarationStatementSyntax declaration } } variable } =>
                (file.Model.GetDeclaredSymbol(variable, file.CancellationToken), (StatementSyntax)declaration),
            AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.SimpleAssignmentExpression, Left: IdentifierNameSyntax left, Parent: ExpressionStatementSyntax assignment } =>
                (file.Bind(left), assignment),
            _ => (null, null),
        };
        scope = statement?.Parent is GlobalStatementSyntax { Parent: var unit } ? unit : statement?.Parent;
        return symbol as ILocalSymbol;
    }

    /// <summary>Whether the bound is the number that was asked for: the same constant, or a variable that nothing sets after it was declared.</summary>
    private static bool IsSame(FileContext file, ExpressionSyntax asked, ExpressionSyntax bound, SyntaxNode scope)
    {
        if (BlockSizes.Constant(file, asked) is { } constant)
            return BlockSizes.Constant(file, bound) == constant;

        return asked is IdentifierNameSyntax name && file.Bind(name) is ILocalSymbol or IParameterSymbol
            && Is(file, bound, file.Bind(asked)!)
            && !Names(scope, name.Identifier.ValueText).Any(use => use.Parent switch
            {
                AssignmentExpressionSyntax assignment => assignment.Left == use,
                ArgumentSyntax argument => !argument.RefOrOutKeyword.IsKind(SyntaxKind.None),
                PrefixUnaryExpressionSyntax or PostfixUnaryExpressionSyntax or RefExpressionSyntax => true,
                _ => false,
            });
    }

    /// <summary>What is indexed by the counter alone in a loop.</summary>
    private static List<ExpressionSyntax> IndexedArrays(ForStatementSyntax loop, IdentifierNameSyntax counter) =>
        loop.Statement.DescendantNodesAndSelf().OfType<ElementAccessExpressionSyntax>()
            .Where(access => access.ArgumentList.Arguments is { Count: 1 } arguments && arguments[0].Expression is IdentifierNameSyntax index
                && index.Identifier.ValueText == counter.Identifier.ValueText)
            .Select(access => access.Expression).ToList();

    private static IEnumerable<IdentifierNameSyntax> Names(SyntaxNode node, string name) =>
        node.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Where(use => use.Identifier.ValueText == name);

    private static bool Is(FileContext file, ExpressionSyntax expression, ISymbol symbol) =>
        expression is IdentifierNameSyntax name && name.Identifier.ValueText == symbol.Name && SymbolEqualityComparer.Default.Equals(file.Bind(name), symbol);

    private static string Math(FileContext file, SyntaxNode at) =>
        file.Model.Compilation.GetTypeByMetadataName("System.Math")?.ToMinimalDisplayString(file.Model, at.SpanStart) ?? "System.Math";
}
