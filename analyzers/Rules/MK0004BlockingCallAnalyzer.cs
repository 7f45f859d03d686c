using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using MigrationKit.Analyzers.Swaps;

namespace MigrationKit.Analyzers.Rules;

/// <summary>MK0004: inside an async function, <c>model.GenerateAudio(...)</c> becomes <c>await model.GenerateAudioAsync(...)</c>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MK0004BlockingCallAnalyzer() : MigrationAnalyzer(Rule)
{
    /// <summary><c>await, token or nothing, parentheses or nothing, ConfigureAwait or nothing</c>: await the call.</summary>
    internal const string Await = "await";

    /// <summary><c>loop, token or nothing, nothing, ConfigureAwait or nothing</c>: await each turn of the loop over the call.</summary>
    internal const string Loop = "loop";

    private static readonly DiagnosticDescriptor Rule = new(
        RuleIds.BlockingCall,
        title: "Await Pocket TTS in async methods",
        messageFormat: "Await '{0}Async' instead of blocking{1}",
        RuleCategories.Migration,
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        helpLinkUri: RuleIds.HelpLink(RuleIds.BlockingCall));

    private protected override bool Applies(KnownTypes types) => types.PocketTts is LibraryState.S2 or LibraryState.S3;

    private protected override ImmutableArray<string> Names => MigrationMap.AwaitableMethods;

    private protected override void Analyze(FileContext file)
    {
        if (!file.IsOn(Rule))
            return;

        foreach (var name in MigrationMap.AwaitableMethods.SelectMany(file.Names.Uses))
        {
            if (BlockingCall.TryCreate(file, name) is { } call)
                file.Report(ToFinding(file, call));
        }
    }

    private static Finding ToFinding(FileContext file, BlockingCall call)
    {
        var finding = new Finding(Rule, MigrationMap.PocketTts, file.Types.PocketTts, call.Name.Identifier.ValueText);
        if (call.Obstacle(file) is { } obstacle)
            return finding.At(call.Name.GetLocation(), Await).Manual(obstacle);

        var action = SwapActions.Of(
            call.Loop is null ? Await : Loop,
            call.CancellationToken(file) ?? "",
            call.Loop is null && IsReceiver(call.Call) ? "()" : "",
            call.LeavesContext() ? ".ConfigureAwait(false)" : "");
        return finding.At(call.Name.GetLocation(), action)
            .Review("other code runs while the engine works: what it changes is changed when the method goes on");
    }

    /// <summary>Whether something is taken from the result right away, which binds closer than <c>await</c>.</summary>
    private static bool IsReceiver(InvocationExpressionSyntax call) =>
        call.Parent is MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or InvocationExpressionSyntax or ConditionalAccessExpressionSyntax
            or PostfixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.SuppressNullableWarningExpression };
}
