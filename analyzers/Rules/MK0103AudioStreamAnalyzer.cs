using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using MigrationKit.Analyzers.Swaps;

namespace MigrationKit.Analyzers.Rules;

/// <summary>MK0103: every mention of <c>AudioStream</c> becomes <c>AudioStreamV2</c>, which takes the scope's <c>BufferPool</c>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MK0103AudioStreamAnalyzer() : MigrationAnalyzer(Rule)
{
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIds.AudioStream,
        title: "Use AudioStreamV2 with a buffer pool",
        messageFormat: "Replace 'AudioStream' by 'AudioStreamV2' and pass it a 'BufferPool'{0}",
        RuleCategories.Migration,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RuleIds.HelpLink(RuleIds.AudioStream));

    private protected override bool Applies(KnownTypes types) => types.VoiceForge != LibraryState.Absent;

    private protected override void Analyze(FileContext file)
    {
        var row = MigrationMap.RenamedTypeOf(RuleIds.AudioStream);
        var streams = new SwapSites(file, row);
        if (streams.Mentions.Count == 0 && streams.Creations.Count == 0)
            return;

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
            if (plan.IsInline)
                group.Review("the pool is written inline, because nothing can be declared there; share one pool where several streams live together");
            if (ExpressionTrees.Contain(creation, file.Model, file.CancellationToken))
                group.Manual("an expression tree cannot hold a call with reordered arguments");
        }

        SwapChecks.Add(file, finder, row);
        SwapFlows.SpreadManual(file, row, streams, finder);
        foreach (var group in finder.Groups)
            file.Report(group.Into(new Finding(Rule, MigrationMap.VoiceForge, file.Types.VoiceForge)));
    }
}
