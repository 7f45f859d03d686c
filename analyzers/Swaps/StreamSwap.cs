using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Analyzers.Swaps;

/// <summary>All that changes in a file when its AudioStreams become AudioStreamV2s.</summary>
internal static class StreamSwap
{
    /// <returns><see langword="null"/> when the file does not name the type.</returns>
    public static SwapFinder? Find(FileContext file)
    {
        var row = MigrationMap.RenamedTypeOf(RuleIds.AudioStream);
        var streams = new SwapSites(file, row);
        if (streams.Mentions.Count == 0 && streams.Creations.Count == 0)
            return null;

        var rings = new SwapSites(file, MigrationMap.RenamedTypeOf(RuleIds.RingBuffer));
        var pools = new PoolPlanner(file, QueueRings.Of(file, rings).Others(rings), streams);
        var finder = new SwapFinder(file, row, streams);
        foreach (var creation in streams.Creations)
        {
            var plan = pools.For(creation);
            var group = finder.GroupOf(creation);
            finder.Join(group, plan.Scope);
            group = finder.GroupOf(creation);
            SwapSites.RequireV1Arguments(group, creation, MigrationMap.AudioStreamConstructor);
            group.Add(creation, SwapActions.Of(SwapActions.Create, "", plan.Argument));
            PoolSites.Add(group, plan);
            PoolSites.AddMove(file, group, creation, plan);
            if (plan.DeclaresField && CreationTargets.Outermost(creation).Parent is AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceAssignmentExpression })
                group.Review("the pool is there from the start, where the stream is created when it is first needed");
            if (plan.IsInline)
                group.Review("the pool is written inline, because nothing can be declared there; share one pool where several streams live together");
            if (ExpressionTrees.Contain(creation, file.Model, file.CancellationToken))
                group.Manual("an expression tree cannot hold a call with reordered arguments");
        }

        SwapChecks.Add(file, finder, row);
        SwapFlows.SpreadManual(file, row, streams, finder);
        return finder;
    }
}
