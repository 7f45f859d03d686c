using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using MigrationKit.Analyzers.Checks;
using MigrationKit.Analyzers.Swaps;

namespace MigrationKit.Analyzers.Rules;

/// <summary>MK0107: every mention of <c>VoiceForgeApp</c> becomes <c>VoiceForgeAppV2</c>, its results checked in the same edit.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MK0107VoiceForgeAppAnalyzer() : MigrationAnalyzer(Rule)
{
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIds.VoiceForgeApp,
        title: "Use VoiceForgeAppV2",
        messageFormat: "Replace 'VoiceForgeApp' by 'VoiceForgeAppV2'{0}",
        RuleCategories.Migration,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RuleIds.HelpLink(RuleIds.VoiceForgeApp));

    private protected override bool Applies(KnownTypes types) => types.MayHaveOldTypes;

    private protected override void Analyze(FileContext file)
    {
        foreach (var group in AppSwap.Find(file).Groups)
            file.Report(group.Into(new Finding(Rule, MigrationMap.VoiceForge, file.Types.VoiceForge)));
    }
}
