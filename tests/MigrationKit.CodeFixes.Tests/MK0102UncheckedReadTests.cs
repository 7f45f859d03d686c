using MigrationKit.Tests.Verifiers;
using Verify = MigrationKit.Tests.Verifiers.CSharpCodeFixVerifier<
    MigrationKit.Analyzers.Rules.MK0102UncheckedReadAnalyzer, MigrationKit.CodeFixes.Rules.MK0102UncheckedReadFix>;

namespace MigrationKit.CodeFixes.Tests;

public sealed class MK0102UncheckedReadTests
{
    private const CodeState V2 = CodeState.S2 | CodeState.S3;

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
                continue;
            }
            Use(c);
        }
        """);

    [Fact]
    public Task VariableThatOutlivesTheLoop_TakesAnEmptyArray() => VerifyBody(
        """
        float[] last = new float[1];
        while (flag)
        {
            last = [|tb.Read()|];
            Use(last);
        }
        Use(last);
        """,
        """
        float[] last = new float[1];
        while (flag)
        {
            last = tb.Read() ?? Array.Empty<float>();
            Use(last);
        }
        Use(last);
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
        while (flag) { var c = tb.Read(); if (c is null) { continue; } Use(c); }
        """);

    [Fact]
    public Task UsesThatCannotBeWrapped_TakeAnEmptyArray() => Verify.VerifyCodeFixAsync(
        Members("""
            int Result(TripleBuffer tb)
            {
                var c = [|tb.Read()|];
                return c.Length;
            }
            void Exit(TripleBuffer tb)
            {
                var c = [|tb.Read()|];
                if (c.Length == 0)
                    return;
                Use(this);
            }
            void Out(TripleBuffer tb, out int n)
            {
                var c = [|tb.Read()|];
                n = c.Length;
            }
            int Assigned(TripleBuffer tb)
            {
                int n;
                var c = [|tb.Read()|];
                n = c.Length;
                return n;
            }
            void Two(TripleBuffer tb)
            {
                float[] a = [|tb.Read()|], b = [|tb.Read()|];
                Use(a);
                Use(b);
            }
            void Twice(TripleBuffer tb)
            {
                var c = [|tb.Read()|];
                Use(c);
                c = [|tb.Read()|];
                Use(c);
            }
            void Case(TripleBuffer tb, int i)
            {
                switch (i)
                {
                    case 1:
                        var c = [|tb.Read()|];
                        Use(c);
                        break;
                }
            }
            void Function(TripleBuffer tb)
            {
                var c = [|tb.Read()|];
                Local();
                void Local() => Use(c);
            }
            void Region(TripleBuffer tb)
            {
                var c = [|tb.Read()|];
            #if !OTHER
                Use(c);
            #endif
            }
            void Disposed(TripleBuffer tb)
            {
                var c = [|tb.Read()|];
                using var own = new System.IO.MemoryStream(c.Length);
                Use(this);
            }
            """),
        Members("""
            int Result(TripleBuffer tb)
            {
                var c = tb.Read() ?? System.Array.Empty<float>();
                return c.Length;
            }
            void Exit(TripleBuffer tb)
            {
                var c = tb.Read() ?? System.Array.Empty<float>();
                if (c.Length == 0)
                    return;
                Use(this);
            }
            void Out(TripleBuffer tb, out int n)
            {
                var c = tb.Read() ?? System.Array.Empty<float>();
                n = c.Length;
            }
            int Assigned(TripleBuffer tb)
            {
                int n;
                var c = tb.Read() ?? System.Array.Empty<float>();
                n = c.Length;
                return n;
            }
            void Two(TripleBuffer tb)
            {
                float[] a = tb.Read() ?? System.Array.Empty<float>(), b = tb.Read() ?? System.Array.Empty<float>();
                Use(a);
                Use(b);
            }
            void Twice(TripleBuffer tb)
            {
                var c = tb.Read() ?? System.Array.Empty<float>();
                Use(c);
                c = tb.Read() ?? System.Array.Empty<float>();
                Use(c);
            }
            void Case(TripleBuffer tb, int i)
            {
                switch (i)
                {
                    case 1:
                        var c = tb.Read() ?? System.Array.Empty<float>();
                        Use(c);
                        break;
                }
            }
            void Function(TripleBuffer tb)
            {
                var c = tb.Read() ?? System.Array.Empty<float>();
                Local();
                void Local() => Use(c);
            }
            void Region(TripleBuffer tb)
            {
                var c = tb.Read() ?? System.Array.Empty<float>();
            #if !OTHER
                Use(c);
            #endif
            }
            void Disposed(TripleBuffer tb)
            {
                var c = tb.Read() ?? System.Array.Empty<float>();
                using var own = new System.IO.MemoryStream(c.Length);
                Use(this);
            }
            """),
        V2);

    [Fact]
    public Task ValueInAnExpression_IsAnEmptyArrayInstead()
    {
        (string Before, string After)[] cases =
        [
            ("Use([|tb.Read()|]);", "Use(tb.Read() ?? Array.Empty<float>());"),
            ("Use(flag ? [|tb.Read()|] : new float[1]);", "Use(flag ? (tb.Read() ?? Array.Empty<float>()) : new float[1]);"),
            ("foreach (var s in [|tb.Read()|]) Log(s);", "foreach (var s in tb.Read() ?? Array.Empty<float>()) Log(s);"),
            ("_field = [|tb.Read()|]; // last", "_field = tb.Read() ?? Array.Empty<float>(); // last"),
            ("Log([|tb.Read()|].Length);", "Log((tb.Read() ?? Array.Empty<float>()).Length);"),
            ("Log([|tb.Read()|][0]);", "Log((tb.Read() ?? Array.Empty<float>())[0]);"),
            ("Log([|tb /* a */\n    .Read()|].Max());", "Log((tb /* a */\n    .Read() ?? Array.Empty<float>()).Max());"),
            ("Use([|other?.Read()|]);", "Use(other?.Read() ?? Array.Empty<float>());"),
            ("Log(other?[|.Read()|].Length);", "Log(other?.Read()?.Length);"),
            ("Log(other?[|.Read()|][0]);", "Log(other?.Read()?[0]);"),
            ("Func<float[]> next = () => [|tb.Read()|];", "Func<float[]> next = () => tb.Read() ?? Array.Empty<float>();"),
            ("var all = new[] { [|tb.Read()|] };", "var all = new[] { tb.Read() ?? Array.Empty<float>() };"),
            ("float[] c; while ((c = [|tb.Read()|]).Length > 0) Use(c);", "float[] c; while ((c = tb.Read() ?? Array.Empty<float>()).Length > 0) Use(c);"),
            ("Action a = () => Use([|tb.Read()|], ([|tb.Read()|]).Length);", "Action a = () => Use(tb.Read() ?? Array.Empty<float>(), (tb.Read() ?? Array.Empty<float>()).Length);"),
        ];
        return VerifyBody(Blocks(cases.Select(c => c.Before)), Blocks(cases.Select(c => c.After)));
    }

    [Fact]
    public Task ReturnValue_IsAnEmptyArrayInstead_UnlessNullable() => Verify.VerifyCodeFixAsync(
        Members("""
            float[] A(TripleBuffer tb) => [|tb.Read()|];
            float[] B(TripleBuffer tb) { return [|tb.Read()|]; }
            float[]? C1(TripleBuffer tb) => tb.Read();
            async System.Threading.Tasks.Task<float[]?> D(TripleBuffer tb) { await System.Threading.Tasks.Task.Yield(); return tb.Read(); }
            static TripleBuffer s_tb = new(1);
            float[] _a = [|s_tb.Read()|];
            float[]? _b = s_tb.Read();
            """),
        Members("""
            float[] A(TripleBuffer tb) => tb.Read() ?? System.Array.Empty<float>();
            float[] B(TripleBuffer tb) { return tb.Read() ?? System.Array.Empty<float>(); }
            float[]? C1(TripleBuffer tb) => tb.Read();
            async System.Threading.Tasks.Task<float[]?> D(TripleBuffer tb) { await System.Threading.Tasks.Task.Yield(); return tb.Read(); }
            static TripleBuffer s_tb = new(1);
            float[] _a = s_tb.Read() ?? System.Array.Empty<float>();
            float[]? _b = s_tb.Read();
            """),
        V2);

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

    [Fact]
    public Task CheckedOrUnusedResult_IsNotReported() => Verify.VerifyAnalyzerAsync(
        Body(Blocks(
        [
            "tb.Read();",
            "_ = tb.Read();",
            "var c = tb.Read();",
            "Log(tb.Read()?.Length);",
            "Use(tb.Read() ?? new float[1]);",
            "if (tb.Read() is { } c) Use(c);",
            "if (tb.Read() is null) return;",
            "if (tb.Read() != null) return;",
            "var c = tb.Read(); if (c == null) return; Use(c);",
            "var c = tb.Read(); if (c is { Length: > 0 }) Use(c);",
            "var c = tb.Read(); ArgumentNullException.ThrowIfNull(c); Use(c);",
            "var c = tb.Read(); c ??= new float[1]; Use(c);",
            "var c = tb.Read(); Maybe(c); Log(c?.Length);",
            "float[]? c; while ((c = tb.Read()) is null) { } Use(c);",
            "Use(tb.Read()!);",
            "Maybe(tb.Read());",
            "Maybe(flag ? tb.Read() : null);",
            "ReadOnlySpan<float> span = tb.Read();",
            "Console.WriteLine((object?)tb.Read());",
            "var text = new System.IO.StringReader(\"\").Read();",
        ])),
        V2);

    [Theory]
    [InlineData("\r\n", "\t")]
    [InlineData("\n", "  ")]
    public Task LineEndsAndIndentation_AreTheFiles(string lineEnd, string unit)
    {
        const string before = "class C\n{\n    void M(VoiceForge.Audio.TripleBuffer tb)\n    {\n        var c = [|tb.Read()|];\n        System.Array.Sort(c); // s\n        while (true)\n        {\n            var d = [|tb.Read()|];\n            System.Array.Sort(d);\n        }\n    }\n}\n";
        const string after = "class C\n{\n    void M(VoiceForge.Audio.TripleBuffer tb)\n    {\n        var c = tb.Read();\n        if (c is not null)\n        {\n            System.Array.Sort(c); // s\n        }\n        while (true)\n        {\n            var d = tb.Read();\n            if (d is null)\n            {\n                continue;\n            }\n            System.Array.Sort(d);\n        }\n    }\n}\n";
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

    private static Task VerifyBody(string before, string after) => Verify.VerifyCodeFixAsync(Body(before), Body(after), V2);

    /// <summary>Each case in a block of its own.</summary>
    private static string Blocks(IEnumerable<string> cases) => string.Join("\n", cases.Select(each => "{\n    " + each.Replace("\n", "\n    ", StringComparison.Ordinal) + "\n}"));

    private static string Members(string members) => $$"""
        using VoiceForge.Audio;
        class C
        {
            {{members.Replace("\n", "\n    ", StringComparison.Ordinal)}}
            void Use(object o) { }
        }
        """;

    private static string Body(string statements) =>
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
