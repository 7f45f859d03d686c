using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using MigrationKit.Analyzers.Swaps;

namespace MigrationKit.Analyzers.Rules;

/// <summary>MK0106: <c>loader.LoadModel(...)</c> becomes <c>modelCache.GetOrLoad(loader, ...)</c>, with one cache for each type or program.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MK0106UncachedModelAnalyzer() : MigrationAnalyzer(Rule)
{
    /// <summary><c>call, cache</c>: load through the cache.</summary>
    internal const string Call = "call";

    /// <summary><c>conditional, cache, parentheses or nothing</c>: as <see cref="Call"/>, and null for a null loader.</summary>
    internal const string Conditional = "conditional";

    /// <summary><c>group, cache, parentheses or nothing</c>: put a lambda in the place of the method group.</summary>
    internal const string Group = "group";

    private static readonly DiagnosticDescriptor Rule = new(
        RuleIds.UncachedModel,
        title: "Load models through a ModelCache",
        messageFormat: "Load the model with 'ModelCache.GetOrLoad'{0}",
        RuleCategories.Migration,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RuleIds.HelpLink(RuleIds.UncachedModel));

    private protected override bool Applies(KnownTypes types) => types.VoiceForge != LibraryState.Absent;

    private protected override ImmutableArray<string> Names => ImmutableArray.Create("LoadModel");

    private protected override void Analyze(FileContext file)
    {
        var loads = file.Names.Uses("LoadModel").Select(name => ModelLoad.TryCreate(file, name)).OfType<ModelLoad>().ToList();
        if (loads.Count == 0)
            return;

        var planner = new ModelCachePlanner(file, loads);
        foreach (var load in loads)
            Report(file, load, loads, planner);
    }

    private static void Report(FileContext file, ModelLoad load, List<ModelLoad> loads, ModelCachePlanner planner)
    {
        var finding = new Finding(Rule, MigrationMap.VoiceForge, file.Types.VoiceForge);
        var (plan, obstacle) = planner.For(load);
        if ((load.Obstacle ?? obstacle) is { } reason)
            finding.At(load.Node.GetLocation(), Call).Manual(reason);
        else
            finding.At(load.Node.GetLocation(), SwapActions.Of(load.Action, plan!.Name, NeedsParentheses(load.Node) ? "()" : ""));

        if (plan?.Anchor is not null)
            finding.At(plan.Anchor.GetLocation(), plan.Declaration);
        if (plan?.DisposeAfter is not null)
            finding.At(plan.DisposeAfter.GetLocation(), SwapActions.Of(SwapActions.Dispose, plan.Name));
        if (loads.Any(other => other != load && other.Member == load.Member && SyntaxFactory.AreEquivalent(other.Node, load.Node)))
            finding.Review("the same file is loaded twice here; both results are handles on one shared model now");
        file.Report(finding);
    }

    private static bool NeedsParentheses(ExpressionSyntax node) => node.Parent switch
    {
        EqualsValueClauseSyntax or ArgumentSyntax or ReturnStatementSyntax or ArrowExpressionClauseSyntax or ParenthesizedExpressionSyntax or LambdaExpressionSyntax => false,
        AssignmentExpressionSyntax assignment => assignment.Right != node,
        _ => true,
    };
}
