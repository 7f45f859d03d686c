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

    private protected override bool Applies(KnownTypes types) => types.MayHaveOldTypes;

    private protected override void Analyze(FileContext file)
    {
        if (StreamSwap.Find(file) is not { } finder)
            return;

        foreach (var group in finder.Groups)
            file.Report(group.Into(new Finding(Rule, MigrationMap.VoiceForge, file.Types.VoiceForge)));
    }
}
