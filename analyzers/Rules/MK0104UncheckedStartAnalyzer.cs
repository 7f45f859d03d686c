using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using MigrationKit.Analyzers.Checks;
using MigrationKit.Analyzers.Swaps;

namespace MigrationKit.Analyzers.Rules;

/// <summary>MK0104: the result of <c>Start</c>, <c>Initialize</c> and <c>StartGoldenPath</c> is looked at.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MK0104UncheckedStartAnalyzer() : MigrationAnalyzer(Rule)
{
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIds.UncheckedStart,
        title: "Check whether starting worked",
        messageFormat: "Check the result of '{0}'{1}",
        RuleCategories.Migration,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RuleIds.HelpLink(RuleIds.UncheckedStart));

    private static readonly ImmutableArray<string> Called = MigrationMap.CheckedMethods.Select(row => row.Name).Distinct().ToImmutableArray();

    private protected override bool Applies(KnownTypes types) => types.VoiceForge != LibraryState.Absent;

    private protected override ImmutableArray<string> Names => Called;

    private protected override void Analyze(FileContext file)
    {
        var fates = new SwapFates(file);
        foreach (var called in Called)
        {
            foreach (var name in file.Names.Uses(called))
                Analyze(file, name, fates);
        }
    }

    private static void Analyze(FileContext file, SimpleNameSyntax name, SwapFates fates)
    {
        if (!ResultCheck.MayBeDropped(name) || ForeignReceivers.Has(file, name) || CheckedCalls.Match(file, name, out var old) is not { } method || ResultCheck.Describe(file, name, method) is not { } site)
            return;

        var finding = new Finding(Rule, MigrationMap.VoiceForge, file.Types.VoiceForge, method.Name).At(site.Node.GetLocation(), site.Action);
        if (site.Safety == Facts.Manual)
            finding.Manual(site.Reason!);
        else if (site.Safety == Facts.Review)
            finding.Review(site.Reason!);
        if (old is not null)
        {
            finding.With(Facts.After, old.Rule);
            if (fates.ReasonToStay(name, old) is { } reason)
                finding.Manual(reason);
        }

        file.Report(finding);
    }
}
