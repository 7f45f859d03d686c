using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using MigrationKit.Analyzers;
using MigrationKit.CodeFixes.Swaps;

namespace MigrationKit.CodeFixes.Rules;

/// <summary>MK0111: a <c>RingBuffer</c> that is used as a queue becomes a <c>SampleQueue</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MK0111RingBufferAsQueueFix() : MigrationCodeFix(RuleIds.RingBufferAsQueue, order: 5, "Use SampleQueue")
{
    internal override void Rewrite(FixContext fix) => SwapWriter.Write(fix);
}
