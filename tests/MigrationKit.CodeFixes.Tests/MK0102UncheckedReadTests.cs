using static MigrationKit.CodeFixes.Tests.MK0102Sources;
using Verify = MigrationKit.Tests.Verifiers.CSharpCodeFixVerifier<
    MigrationKit.Analyzers.Rules.MK0102UncheckedReadAnalyzer, MigrationKit.CodeFixes.Rules.MK0102UncheckedReadFix>;

namespace MigrationKit.CodeFixes.Tests;

/// <summary>Blocks in local variables.</summary>
public sealed class MK0102UncheckedReadTests
{
    [Fact]
    public Task LoopBody_Continues() => VerifyBody(
        """
        while (flag)
        {
            var c = [|tb.Read()|]; // newest
            Use(c);
        }
        foreach (var i in new[] { 1, 2 })
        {
            float[] c = [|tb.Read()|];

            // play
            if (c.Length == i)
                break;
            Use(c);
        }
        """,
        """
        while (flag)
        {
            var c = tb.Read(); // newest
            if (c is null)
            {
                // TODO(MigrationKit MK0102): nothing new was written; wait here, or the loop takes a whole processor until there is.
                continue;
            }
            Use(c);
        }
        foreach (var i in new[] { 1, 2 })
        {
            float[]? c = tb.Read();
            if (c is null)
            {
                continue;
            }

            // play
            if (c.Length == i)
                break;
            Use(c);
        }
        """);

    [Fact]
    public Task LoopBodyWithWorkThatNeedsNoBlock_KeepsDoingIt() => VerifyBody(
        """
        var rounds = 0;
        while (rounds < 10)
        {
            var c = [|tb.Read()|];
            Use(c);
            rounds++;
        }
        while (flag)
        {
            var c = [|tb.Read()|];
            rounds++;
            Use(c);
        }
        """,
        """
        var rounds = 0;
        while (rounds < 10)
        {
            var c = tb.Read();
            if (c is not null)
            {
                Use(c);
            }
            rounds++;
        }
        while (flag)
        {
            var c = tb.Read();
            rounds++;
            if (c is null)
            {
                // TODO(MigrationKit MK0102): nothing new was written; wait here, or the loop takes a whole processor until there is.
                continue;
            }
            Use(c);
        }
        """);

    [Fact]
    public Task AssignmentInALoop_Continues() => VerifyBody(
        """
        float[] c;
        while (flag)
        {
            c = [|tb.Read()|];
            Use(c);
        }
        """,
        """
        float[]? c;
        while (flag)
        {
            c = tb.Read();
            if (c is null)
            {
                // TODO(MigrationKit MK0102): nothing new was written; wait here, or the loop takes a whole processor until there is.
                continue;
            }
            Use(c);
        }
        """);

    [Fact]
    public Task UsesThatFollow_AreWrapped() => VerifyBody(
        """
        float[] c = [|tb.Read()|];

        // loud?
        var peak = c[0]; // first
        Use(c,
            c.Length);
        Log(peak); // last
        Log(1);
        """,
        """
        float[]? c = tb.Read();

        if (c is not null)
        {
            // loud?
            var peak = c[0]; // first
            Use(c,
                c.Length);
            Log(peak); // last
        }
        Log(1);
        """);

    [Fact]
    public Task OneLine_StaysOneLine() => VerifyBody(
        """
        var a = [|tb.Read()|]; Use(a); Log(1);
        while (flag) { var c = [|tb.Read()|]; Use(c); }
        """,
        """
        var a = tb.Read(); if (a is not null) { Use(a); } Log(1);
        while (flag) { var c = tb.Read(); if (c is null) { /* TODO(MigrationKit MK0102): nothing new was written; wait here, or the loop takes a whole processor until there is. */ continue; } Use(c); }
        """);

    [Fact]
    public Task TwoReadsOfOneStep_GetOneGuardEach() => VerifyBody(
        """
        var a = [|tb.Read()|];
        var b = [|tb.Read()|];
        Use(a);
        Use(b);
        var left = [|tb.Read()|];
        var right = [|tb.Read()|];
        Use(left, right.Length);
        while (flag)
        {
            var x = [|tb.Read()|];
            var y = [|tb.Read()|];
            Use(x, y.Length);
        }
        while (flag)
        {
            var c = [|tb.Read()|];
            foreach (var s in c)
            {
                var d = [|tb.Read()|];
                Use(d, c.Length);
            }
        }
        """,
        """
        var a = tb.Read();
        var b = tb.Read();
        if (a is not null)
        {
            Use(a);
        }
        if (b is not null)
        {
            Use(b);
        }
        var left = tb.Read() ?? Array.Empty<float>();
        var right = tb.Read();
        if (right is not null)
        {
            Use(left, right.Length);
        }
        while (flag)
        {
            var x = tb.Read();
            var y = tb.Read();
            if (x is null)
            {
                continue;
            }
            if (y is null)
            {
                continue;
            }
            Use(x, y.Length);
        }
        while (flag)
        {
            var c = tb.Read();
            if (c is null)
            {
                // TODO(MigrationKit MK0102): nothing new was written; wait here, or the loop takes a whole processor until there is.
                continue;
            }
            foreach (var s in c)
            {
                var d = tb.Read();
                if (d is null)
                {
                    continue;
                }
                Use(d, c.Length);
            }
        }
        """);

    [Fact]
    public Task NestedGuards_AreIndentedTogether() => VerifyBody(
        """
        var c = [|tb.Read()|];
        if (c.Length > 1)
        {
            var d = [|tb.Read()|];
            Use(d);
            Log(@"raw
          text");
        }
        """,
        """
        var c = tb.Read();
        if (c is not null)
        {
            if (c.Length > 1)
            {
                var d = tb.Read();
                if (d is not null)
                {
                    Use(d);
                }
                Log(@"raw
          text");
            }
        }
        """);

    [Theory]
    [InlineData("\r\n", "\t")]
    [InlineData("\n", "  ")]
    public Task LineEndsAndIndentation_AreTheFiles(string lineEnd, string unit)
    {
        const string before = "class C\n{\n    void M(VoiceForge.Audio.TripleBuffer tb)\n    {\n        var c = [|tb.Read()|];\n        System.Array.Sort(c); // s\n        while (true)\n        {\n            var d = [|tb.Read()|];\n            System.Array.Sort(d);\n        }\n    }\n}\n";
        const string after = "class C\n{\n    void M(VoiceForge.Audio.TripleBuffer tb)\n    {\n        var c = tb.Read();\n        if (c is not null)\n        {\n            System.Array.Sort(c); // s\n        }\n        while (true)\n        {\n            var d = tb.Read();\n            if (d is null)\n            {\n                // TODO(MigrationKit MK0102): nothing new was written; wait here, or the loop takes a whole processor until there is.\n                continue;\n            }\n            System.Array.Sort(d);\n        }\n    }\n}\n";
        return Verify.VerifyCodeFixAsync(InStyle(before), InStyle(after), V2);

        string InStyle(string text) => text.Replace("    ", unit, StringComparison.Ordinal).Replace("\n", lineEnd, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\nclass C { }\n")]
    public Task TopLevel_IsWrapped(string end) => Verify.VerifyCodeFixAsync(
        $$"""
        using VoiceForge.Audio;
        var tb = new TripleBuffer(256);
        var c = [|tb.Read()|];
        System.Array.Sort(c);{{end}}
        """,
        $$"""
        using VoiceForge.Audio;
        var tb = new TripleBuffer(256);
        var c = tb.Read();
        if (c is not null)
        {
            System.Array.Sort(c);
        }{{end}}
        """,
        V2);

    [Fact]
    public Task WithoutNullableContext_NoTypeIsAnnotated() => Verify.VerifyCodeFixAsync(
        """
        #nullable disable
        class C
        {
            void M(VoiceForge.Audio.TripleBuffer tb)
            {
                float[] c = [|tb.Read()|];
                System.Array.Sort(c);
            }
        }
        """,
        """
        #nullable disable
        class C
        {
            void M(VoiceForge.Audio.TripleBuffer tb)
            {
                float[] c = tb.Read();
                if (c is not null)
                {
                    System.Array.Sort(c);
                }
            }
        }
        """,
        V2);

    [Fact]
    public Task RingBuffer_IsReportedAndFixedWithItsType()
    {
        const string source = """
            using System;
            using VoiceForge.Audio;
            class C
            {
                void M(RingBuffer rb)
                {
                    var c = [|rb.Read(256)|];
                    Array.Sort(c);
                    Console.WriteLine([|rb.Read(16)|].Length);
                    _ = rb.Read(4);
                    if (rb?.Read(4) is null) return;
                }
            }
            """;
        return Verify.VerifyCodeFixAsync(source, source);
    }

    [Fact]
    public Task BrokenCode_DoesNotStopTheAnalyzer() => Verify.VerifyAnalyzerAsync(
        """
        class C
        {
            void M(VoiceForge.Audio.TripleBuffer tb)
            {
                var c = [|tb.Read()|]
                c.
                tb.Read(
            }
        """,
        V2);
}
