using System.Composition;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using MigrationKit.Analyzers;
using MigrationKit.CodeFixes.Swaps;

namespace MigrationKit.CodeFixes.Rules;

/// <summary>MK0107: every mention of <c>VoiceForgeApp</c> becomes <c>VoiceForgeAppV2</c>.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class MK0107VoiceForgeAppFix() : MigrationCodeFix(RuleIds.VoiceForgeApp, order: 10, "Use VoiceForgeAppV2")
{
    internal override void Rewrite(FixContext fix) => SwapWriter.Write(fix);
}
