using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using MigrationKit.Analyzers;
using MigrationKit.CodeFixes.Swaps;

namespace MigrationKit.CodeFixes.Rules;

/// <summary>MK0103: every mention of <c>AudioStream</c> becomes <c>AudioStreamV2</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MK0103AudioStreamFix() : MigrationCodeFix(RuleIds.AudioStream, order: 10, "Use AudioStreamV2")
{
    internal override void Rewrite(FixContext fix) => SwapWriter.Write(fix, MigrationMap.AudioStreamConstructor);
}
