using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using MigrationKit.Analyzers.Lifecycles;

namespace MigrationKit.Analyzers.Rules;

/// <summary>MK0109: streams are started, stopped and disposed in this order.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MK0109SkippedStateAnalyzer() : MigrationAnalyzer(Rule)
{
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIds.SkippedState,
        title: "Follow the states of the stream",
        messageFormat: "{0}{1}",
        RuleCategories.Migration,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RuleIds.HelpLink(RuleIds.SkippedState));

    private protected override bool Applies(KnownTypes types) => types.VoiceForge != LibraryState.Absent;

    private protected override ImmutableArray<string> Names => Lifecycle.Names;

    private protected override void Analyze(FileContext file)
    {
        List<(SyntaxNode Body, SimpleNameSyntax Name)>? doubtful = null;
        foreach (var called in Lifecycle.Names)
        {
            foreach (var name in file.Names.Uses(called))
            {
                if (FollowedVariable.BodyAround(name) is { } body && FollowedVariable.MaySkipState(file, name, body) && !ForeignReceivers.Has(file, name))
                    (doubtful ??= new()).Add((body, name));
            }
        }

        if (doubtful is not null)
            Follow(file, doubtful);
    }

    private static void Follow(FileContext file, IEnumerable<(SyntaxNode Body, SimpleNameSyntax Name)> doubtful)
    {
        foreach (var body in doubtful.GroupBy(pair => pair.Body, pair => pair.Name))
        {
            var statements = StatementsOf(body.Key).ToList();
            if (statements.Count == 0 || statements.Any(statement => statement.DescendantNodesAndSelf().Any(node => node is LabeledStatementSyntax)))
                continue; // a label is a way in that no straight line shows

            var variables = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
            foreach (var name in body)
            {
                if (FollowedVariable.Of(file, name, body.Key) is { } variable && variables.Add(variable.Symbol))
                    Report(file, variable, PhaseWalker.Walk(file, variable, statements));
            }
        }
    }

    private static IEnumerable<StatementSyntax> StatementsOf(SyntaxNode body)
    {
        BlockSyntax? block = body switch
        {
            BaseMethodDeclarationSyntax method => method.Body,
            AccessorDeclarationSyntax accessor => accessor.Body,
            LocalFunctionStatementSyntax local => local.Body,
            AnonymousFunctionExpressionSyntax function => function.Block,
            _ => null,
        };
        return body is CompilationUnitSyntax file
            ? file.Members.OfType<GlobalStatementSyntax>().Select(member => member.Statement)
            : block is null ? Enumerable.Empty<StatementSyntax>() : block.Statements;
    }

    private static void Report(FileContext file, FollowedVariable variable, IReadOnlyList<SkippedState> skipped)
    {
        foreach (var state in skipped)
        {
            file.Report(new Finding(Rule, MigrationMap.VoiceForge, file.Types.VoiceForge, Describe(variable.Symbol.Name, state.Before))
                .At(state.Call.GetLocation(), "")
                .Manual("only a person knows which call is missing or too many"));
        }
    }

    private static string Describe(string name, StreamPhase before) => before switch
    {
        StreamPhase.Started => $"Stop '{name}' before it is started again: from running it can only go to stopped",
        StreamPhase.Made => $"Start '{name}' before it is stopped: it was made in this body and never ran",
        _ => $"Make a new object instead of starting '{name}': nothing leads out of disposed",
    };
}
