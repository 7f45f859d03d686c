using static MigrationKit.CodeFixes.Tests.MK0102Sources;
using Verify = MigrationKit.Tests.Verifiers.CSharpCodeFixVerifier<
    MigrationKit.Analyzers.Rules.MK0102UncheckedReadAnalyzer, MigrationKit.CodeFixes.Rules.MK0102UncheckedReadFix>;

namespace MigrationKit.CodeFixes.Tests;

/// <summary>Blocks that no statement can be put around.</summary>
public sealed class MK0102EmptyArrayTests
{
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
}
