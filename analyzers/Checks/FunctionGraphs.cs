using System.Linq;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace MigrationKit.Analyzers.Checks;

/// <summary>Finds the flow graph of any function, also of one inside another.</summary>
internal static class FunctionGraphs
{
    /// <summary>The graph; <see langword="null"/> where the code around the function cannot be bound.</summary>
    public static ControlFlowGraph? Of(SemanticModel model, SyntaxNode function, CancellationToken cancellationToken)
    {
        var root = function.AncestorsAndSelf().SelectMany(node => node.ChildNodes().Where(child => child.Span.Contains(function.Span) || node == function).Prepend(node))
            .FirstOrDefault(node => model.GetOperation(node, cancellationToken) is { Parent: null } and
                (IMethodBodyOperation or IConstructorBodyOperation or IBlockOperation or IFieldInitializerOperation or IPropertyInitializerOperation));
        if (root is null || ControlFlowGraph.Create(root, model, cancellationToken) is not { } graph)
            return null;
        return root == function || root.Parent == function ? graph : Inside(graph, function, cancellationToken);
    }

    private static ControlFlowGraph? Inside(ControlFlowGraph graph, SyntaxNode function, CancellationToken cancellationToken)
    {
        var named = graph.LocalFunctions.Select(local => (Syntax: local.DeclaringSyntaxReferences[0].GetSyntax(cancellationToken), Graph: graph.GetLocalFunctionControlFlowGraph(local, cancellationToken)));
        var unnamed = graph.Blocks.SelectMany(block => block.Operations.Concat(block.BranchValue is { } value ? new[] { value } : Enumerable.Empty<IOperation>()))
            .SelectMany(operation => operation.DescendantsAndSelf())
            .OfType<IFlowAnonymousFunctionOperation>()
            .Select(lambda => (lambda.Syntax, Graph: graph.GetAnonymousFunctionControlFlowGraph(lambda, cancellationToken)));
        return named.Concat(unnamed)
            .Where(inner => inner.Syntax.Span.Contains(function.Span))
            .Select(inner => inner.Syntax == function ? inner.Graph : Inside(inner.Graph, function, cancellationToken))
            .FirstOrDefault();
    }
}
