using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Checks;

/// <summary>Tells loops that take a whole processor while there is no block: V1's <c>Read</c> gave silence, and what played it paced the loop.</summary>
internal static class BusyLoops
{
    /// <summary>Whether a round that ends behind a read does nothing that could wait: it neither calls nor awaits anything else.</summary>
    /// <param name="read">A statement in the block of a loop.</param>
    /// <param name="between">How many statements behind it run before the round ends.</param>
    public static bool Turns(StatementSyntax read, int between)
    {
        if (read.Parent is not BlockSyntax { Parent: { } loop } body)
            return false;

        var head = loop switch
        {
            WhileStatementSyntax { Condition: var condition } => new SyntaxNode[] { condition },
            DoStatementSyntax { Condition: var condition } => new SyntaxNode[] { condition },
            ForStatementSyntax { Condition: null, Incrementors.Count: 0 } => System.Array.Empty<SyntaxNode>(),
            _ => null, // as many rounds as there are elements
        };
        var round = body.Statements.Take(body.Statements.IndexOf(read) + 1 + between).Where(statement => statement != read && statement is not LocalFunctionStatementSyntax);
        return head is not null && !head.Concat(round).Any(MayWait) && CountWaits(read) == 1;
    }

    private static bool MayWait(SyntaxNode node) => CountWaits(node) > 0;

    private static int CountWaits(SyntaxNode node) =>
        node.DescendantNodesAndSelf(inner => inner is not AnonymousFunctionExpressionSyntax).Count(inner => inner is InvocationExpressionSyntax or AwaitExpressionSyntax);
}
