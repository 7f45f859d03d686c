using MigrationKit.Tests.Verifiers;
using Verify = MigrationKit.Tests.Verifiers.CSharpCodeFixVerifier<
    MigrationKit.Analyzers.Rules.MK0102UncheckedReadAnalyzer, MigrationKit.CodeFixes.Rules.MK0102UncheckedReadFix>;

namespace MigrationKit.CodeFixes.Tests;

/// <summary>Puts statements and members on V2 types into a file that compiles.</summary>
internal static class MK0102Sources
{
    /// <summary>The states that have V2's names.</summary>
    public const CodeState V2 = CodeState.S2 | CodeState.S3;

    public static Task VerifyBody(string before, string after) => Verify.VerifyCodeFixAsync(Body(before), Body(after), V2);

    /// <summary>Each case in a block of its own.</summary>
    public static string Blocks(IEnumerable<string> cases) => string.Join("\n", cases.Select(each => "{\n    " + each.Replace("\n", "\n    ", StringComparison.Ordinal) + "\n}"));

    public static string Members(string members) => $$"""
        using VoiceForge.Audio;
        class C
        {
            {{members.Replace("\n", "\n    ", StringComparison.Ordinal)}}
            void Use(object o) { }
        }
        """;

    public static string Body(string statements) =>
        $$"""
        using System;
        using System.Linq;
        using VoiceForge.Audio;
        class C
        {
            float[] _field = new float[1];
            void M(TripleBuffer tb, TripleBuffer? other, bool flag)
            {
                {{statements.Replace("\n", "\n        ", StringComparison.Ordinal)}}
            }
            void Use(float[] block, int n = 0) { }
            void Maybe(float[]? block) { }
            void Log(object? o) { }
        }
        """;
}
