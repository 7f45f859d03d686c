using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using MigrationKit.Analyzers.Checks;
using MigrationKit.Analyzers.Swaps;

namespace MigrationKit.Analyzers.Rules;

/// <summary>MK0102: the block that <c>TripleBuffer.Read</c> gives may be null, when there is no new one.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MK0102UncheckedReadAnalyzer() : MigrationAnalyzer(Rule)
{
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIds.UncheckedRead,
        title: "Check the result of TripleBuffer.Read for null",
        messageFormat: "Check the result of 'Read' for null{0}",
        RuleCategories.Migration,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RuleIds.HelpLink(RuleIds.UncheckedRead));

    private protected override bool Applies(KnownTypes types) => types.VoiceForge != LibraryState.Absent;

    private protected override ImmutableArray<string> Names => ImmutableArray.Create("Read");

    private protected override void Analyze(FileContext file)
    {
        QueueRings? queues = null;
        var fates = new SwapFates(file);
        foreach (var name in file.Names.Uses("Read"))
        {
            // What the text alone tells comes first: binding a body costs more than all the rest.
            if (!ReadCalls.MayBeRead(file, name, out var call) || NullGuard.IsCheckedAtOnce(call!) || ForeignReceivers.Has(file, name))
                continue;
            if (!ReadCalls.IsRead(file, name, out var read, out var isOld) || NullGuard.Describe(file, read!) is not { } site)
                continue;

            var finding = new Finding(Rule, MigrationMap.VoiceForge, file.Types.VoiceForge).At(site.Node.GetLocation(), site.Action);
            if (site.Safety == Facts.Review)
                finding.Review(site.Reason!);
            if (isOld && (queues ??= QueueRings.Of(file)).Contains(name))
                continue; // a SampleQueue pads as V1 did and never gives null
            if (isOld)
            {
                finding.With(Facts.After, RuleIds.RingBuffer);
                if (fates.ReasonToStay(name, MigrationMap.RenamedTypeOf(RuleIds.RingBuffer)) is { } reason)
                    finding.Manual(reason);
            }

            file.Report(finding);
        }
    }
}
