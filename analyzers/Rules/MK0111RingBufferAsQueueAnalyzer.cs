using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using MigrationKit.Analyzers.Swaps;

namespace MigrationKit.Analyzers.Rules;

/// <summary>MK0111: a <c>RingBuffer</c> of which every sample counts becomes a <c>SampleQueue</c>, never a <c>TripleBuffer</c>.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MK0111RingBufferAsQueueAnalyzer() : MigrationAnalyzer(Rule)
{
    private static readonly DiagnosticDescriptor Rule = new(
        RuleIds.RingBufferAsQueue,
        title: "Use SampleQueue where no sample may be lost",
        messageFormat: "Replace 'RingBuffer' by 'SampleQueue', because {0}{1}",
        RuleCategories.Migration,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        helpLinkUri: RuleIds.HelpLink(RuleIds.RingBufferAsQueue));

    private protected override bool Applies(KnownTypes types) => types.MayHaveOldTypes;

    private protected override void Analyze(FileContext file)
    {
        foreach (var queue in QueueRings.Of(file).Queues)
        {
            var finding = new Finding(Rule, MigrationMap.VoiceForge, file.Types.VoiceForge, queue.Sign);
            if (queue.Reason is { } reason)
                finding.Manual(reason);
            if (queue.IsInOtherFiles)
                finding.With(Facts.OtherFiles, "");
            foreach (var name in queue.Own.MethodGroups)
            {
                if (HasNoDelegateType(file, name))
                    finding.Manual($"'{name.Identifier.ValueText}' has overloads in SampleQueue; write the delegate's type first");
            }

            finding.Review("when it is full, a RingBuffer overwrites the oldest samples, and a SampleQueue refuses the newest");
            file.Report(queue.Group.Into(finding));
        }
    }

    /// <summary>Whether the compiler infers the delegate from the method, which it cannot from two overloads.</summary>
    private static bool HasNoDelegateType(FileContext file, SimpleNameSyntax name)
    {
        if (name.Identifier.ValueText == "Clear" || name.Parent is not ExpressionSyntax group)
            return false;
        if (group.Parent is EqualsValueClauseSyntax { Parent.Parent: VariableDeclarationSyntax { Type.IsVar: true } })
            return true;

        return file.Model.GetTypeInfo(group, file.CancellationToken).ConvertedType is { TypeKind: not (TypeKind.Delegate or TypeKind.Error) };
    }
}
