using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using MigrationKit.Analyzers.Swaps;

namespace MigrationKit.Analyzers.Rules;

/// <summary>MK0101: every mention of <c>RingBuffer</c> becomes <c>TripleBuffer</c>, beside the scope's <c>BufferPool</c>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MK0101RingBufferAnalyzer() : MigrationAnalyzer(Rule)
{
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIds.RingBuffer,
        title: "Use TripleBuffer beside a buffer pool",
        messageFormat: "Replace 'RingBuffer' by 'TripleBuffer'{0}",
        RuleCategories.Migration,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RuleIds.HelpLink(RuleIds.RingBuffer));

    private protected override bool Applies(KnownTypes types) => types.MayHaveOldTypes;

    private protected override void Analyze(FileContext file)
    {
        foreach (var group in RingSwap.Find(file).Groups)
            file.Report(group.Into(new Finding(Rule, MigrationMap.VoiceForge, file.Types.VoiceForge)));
    }
}
