using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using MigrationKit.Analyzers;
using MigrationKit.CodeFixes.Swaps;

namespace MigrationKit.CodeFixes.Rules;

/// <summary>MK0101: every mention of <c>RingBuffer</c> becomes <c>TripleBuffer</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MK0101RingBufferFix() : MigrationCodeFix(RuleIds.RingBuffer, order: 10, "Use TripleBuffer")
{
    internal override void Rewrite(FixContext fix) => SwapWriter.Write(fix, MigrationMap.RingBufferConstructor, nameAll: true);
}
