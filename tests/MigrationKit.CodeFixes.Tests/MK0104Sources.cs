using MigrationKit.Tests.Verifiers;
using Verify = MigrationKit.Tests.Verifiers.CSharpCodeFixVerifier<
    MigrationKit.Analyzers.Rules.MK0104UncheckedStartAnalyzer, MigrationKit.CodeFixes.Rules.MK0104UncheckedStartFix>;

namespace MigrationKit.CodeFixes.Tests;

/// <summary>Puts statements and members on V2 types into a file that compiles.</summary>
internal static class MK0104Sources
{
    /// <summary>The states that have V2's names.</summary>
    public const CodeState V2 = CodeState.S2 | CodeState.S3;

    public static Task VerifyBody(string before, string after, CodeState states = V2) => Verify.VerifyCodeFixAsync(Body(before), Body(after), states);

    public static Task VerifyMembers(string before, string after, CodeState states) => Verify.VerifyCodeFixAsync(Members(before), Members(after), states);

    public static string Members(string members) => "using System;\nusing VoiceForge.Audio;\nclass C\n{\n    " + members.Replace("\n", "\n    ", StringComparison.Ordinal) + "\n}";

    public static string Body(string statements) =>
        $$"""
        using System;
        using System.Threading.Tasks;
        using VoiceForge;
        using VoiceForge.Audio;
        class C
        {
            async Task M(AudioStreamV2 stream, AudioStreamV2? maybe, VoiceForgeAppV2 app, BufferPool pool, bool flag)
            {
                {{statements.Replace("\n", "\n        ", StringComparison.Ordinal)}}
                await Task.Yield();
            }
            void Other() { }
            AudioStreamV2 Make(Action run) => null!;
            void Take(bool flag, Action run) { }
        }
        """;
}
