using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Checks;

/// <summary>Releases that depend on something which the function asks more than once, so that not every path of its flow graph can be taken.</summary>
internal static class RelatedConditions
{
    /// <param name="acquire">The call that gives the lease; the condition that it stands in is followed exactly, and so is the variable of its result.</param>
    /// <param name="flag">The variable that holds the result of <c>TryAcquire</c>.</param>
    public static bool Govern(FileContext file, LeaseUses uses, InvocationExpressionSyntax acquire, ISymbol? flag)
    {
        var conditions = uses.Function.DescendantNodes().Select(ConditionOf).OfType<ExpressionSyntax>().Where(condition => !condition.Contains(acquire)).Distinct().ToList();
        var governing = conditions.Where(condition => uses.ReleaseCalls.Any(release => Controls(condition, release))).ToList();
        return governing.Any(condition => Asked(condition).Any(symbol => conditions.Any(other => other != condition && Asked(other).Contains(symbol, SymbolEqualityComparer.Default))));

        IEnumerable<ISymbol> Asked(ExpressionSyntax condition) => condition.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>()
            .Select(name => file.Model.GetSymbolInfo(name, file.CancellationToken).Symbol)
            .Where(symbol => symbol is ILocalSymbol or IParameterSymbol or IFieldSymbol or IPropertySymbol && !SymbolEqualityComparer.Default.Equals(symbol, flag))
            .OfType<ISymbol>();
    }

    private static ExpressionSyntax? ConditionOf(SyntaxNode node) => node switch
    {
        IfStatementSyntax { Condition: var condition } => condition,
        WhileStatementSyntax { Condition: var condition } => condition,
        DoStatementSyntax { Condition: var condition } => condition,
        ForStatementSyntax { Condition: var condition } => condition,
        ConditionalExpressionSyntax { Condition: var condition } => condition,
        SwitchStatementSyntax { Expression: var asked } => asked,
        SwitchExpressionSyntax { GoverningExpression: var asked } => asked,
        _ => null,
    };

    private static bool Controls(ExpressionSyntax condition, SyntaxNode release) => condition.Parent!.Contains(release) && !condition.Contains(release);
}
