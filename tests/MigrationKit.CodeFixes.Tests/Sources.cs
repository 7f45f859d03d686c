namespace MigrationKit.CodeFixes.Tests;

/// <summary>The frames that test code stands in.</summary>
internal static class Sources
{
    /// <summary>Statements in a method that takes no part in the migration itself.</summary>
    public static string InMethod(string statements, string usings = "") => $$"""
        using System;
        using VoiceForge;
        using VoiceForge.Audio;
        using VoiceForge.Core;
        {{usings}}
        class C
        {
            void M(bool flag, float[] audio)
            {
        {{Indent(statements, 8)}}
            }

            static void Use(float[] block) { }

            static void Keep(object kept) { }
        }
        """;

    /// <summary>Members of a class.</summary>
    public static string InClass(string members, string declaration = "sealed class C") => $$"""
        using System;
        using VoiceForge;
        using VoiceForge.Audio;
        using VoiceForge.Core;

        {{declaration}}
        {
        {{Indent(members, 4)}}
        }
        """;

    /// <summary>A program of top-level statements.</summary>
    public static string TopLevel(string statements) => $"""
        using System;
        using VoiceForge;
        using VoiceForge.Audio;
        using VoiceForge.Core;

        {statements}

        """;

    private static string Indent(string text, int width) =>
        string.Join('\n', text.Split('\n').Select(line => line.Length == 0 ? line : new string(' ', width) + line));
}
