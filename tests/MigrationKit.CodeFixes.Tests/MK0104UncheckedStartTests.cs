using static MigrationKit.CodeFixes.Tests.MK0104Sources;
using Verify = MigrationKit.Tests.Verifiers.CSharpCodeFixVerifier<
    MigrationKit.Analyzers.Rules.MK0104UncheckedStartAnalyzer, MigrationKit.CodeFixes.Rules.MK0104UncheckedStartFix>;

namespace MigrationKit.CodeFixes.Tests;

/// <summary>Calls in statements.</summary>
public sealed class MK0104UncheckedStartTests
{
    [Fact]
    public Task Statement_ThrowsOnFailure() => VerifyBody(
        """
        [|stream.Start()|];
        """,
        """
        if (!stream.Start())
        {
            throw new InvalidOperationException("Audio stream failed to start.");
        }
        """);

    [Fact]
    public Task ConditionalAccess_KeepsTheNullSkip() => VerifyBody(
        """
        [|maybe?.Start()|];
        """,
        """
        if (maybe?.Start() == false)
        {
            throw new InvalidOperationException("Audio stream failed to start.");
        }
        """);

    [Fact]
    public Task CommentsAndBrokenLines_Stay() => VerifyBody(
        """
        // before
        [|stream /* a */
            .Start()|]; // why
        // after
        """,
        """
        // before
        if (!stream /* a */
            .Start()) // why
        {
            throw new InvalidOperationException("Audio stream failed to start.");
        }
        // after
        """);

    [Fact]
    public Task SharedLine_StaysOneLine() => VerifyBody(
        """
        [|stream.Start()|]; [|app.Initialize()|]; // both
        Action<int> hook = _ => { [|stream.Start()|]; };
        """,
        """
        if (!stream.Start()) { throw new InvalidOperationException("Audio stream failed to start."); } if (!app.Initialize()) { throw new InvalidOperationException("Init failed"); } // both
        Action<int> hook = _ => { if (!stream.Start()) { throw new InvalidOperationException("Audio stream failed to start."); } };
        """);

    [Fact]
    public Task UnbracedBranches_GetBraces() => VerifyBody(
        """
        if (flag)
            [|stream.Start()|]; // yes
        else
            [|app.Initialize()|];
        if (flag) [|stream.Start()|]; else Other();
        if (flag) // why
            [|stream.Start()|];
        if (flag)
            if (!flag) [|stream.Start()|];
            else Other();
        """,
        """
        if (flag)
        {
            if (!stream.Start()) // yes
            {
                throw new InvalidOperationException("Audio stream failed to start.");
            }
        }
        else
        {
            if (!app.Initialize())
            {
                throw new InvalidOperationException("Init failed");
            }
        }
        if (flag)
        {
            if (!stream.Start())
            {
                throw new InvalidOperationException("Audio stream failed to start.");
            }
        }
        else Other();
        if (flag) // why
        {
            if (!stream.Start())
            {
                throw new InvalidOperationException("Audio stream failed to start.");
            }
        }
        if (flag)
            if (!flag)
            {
                if (!stream.Start())
                {
                    throw new InvalidOperationException("Audio stream failed to start.");
                }
            }
            else Other();
        """);

    [Fact]
    public Task UnbracedLoopsUsingAndLock_GetBraces() => VerifyBody(
        """
        foreach (var each in new[] { stream })
            [|each.Start()|];
        do [|stream.Start()|]; while (flag);
        lock (app) [|stream.Start()|];
        using (var own = new AudioStreamV2(0, 1, pool)) [|own.Start()|];
        lock (app)
        {
            [|stream.Start()|];
        }
        """,
        """
        foreach (var each in new[] { stream })
        {
            if (!each.Start())
            {
                throw new InvalidOperationException("Audio stream failed to start.");
            }
        }
        do
        {
            if (!stream.Start())
            {
                throw new InvalidOperationException("Audio stream failed to start.");
            }
        } while (flag);
        lock (app)
        {
            if (!stream.Start())
            {
                throw new InvalidOperationException("Audio stream failed to start.");
            }
        }
        using (var own = new AudioStreamV2(0, 1, pool))
        {
            if (!own.Start())
            {
                throw new InvalidOperationException("Audio stream failed to start.");
            }
        }
        lock (app)
        {
            if (!stream.Start())
            {
                throw new InvalidOperationException("Audio stream failed to start.");
            }
        }
        """);

    [Fact]
    public Task UsedOrDiscardedResult_IsNotReported() => Verify.VerifyAnalyzerAsync(
        Body("""
            { _ = stream.Start(); }
            { var ok = stream.Start() && app.Initialize(); }
            { if (!stream.Start()) return; }
            { while (!app.StartGoldenPath()) { } }
            { Func<bool> f = () => stream.Start(); }
            { Console.WriteLine(stream.Start().ToString()); }
            { System.Linq.Expressions.Expression<Func<IAudioStream, bool>> tree = s => s.Start(); }
            { new System.Threading.Thread(() => { }).Start(); }
            """),
        V2);

    [Theory]
    [InlineData("for ([|stream.Start()|]; flag;) { }")]
    [InlineData("System.Linq.Expressions.Expression<Action<IAudioStream>> tree = s => [|s.Start()|];")]
    public Task PlaceWithoutRoomForACheck_IsReportedWithoutFix(string statement) =>
        Verify.VerifyCodeFixAsync(Body(statement), Body(statement), V2);

    [Fact]
    public Task DirectiveWhereBracesWouldGo_IsReportedWithoutFix()
    {
        const string source = """
            if (flag)
            #if OTHER
                Other();
            #else
                [|stream.Start()|];
            #endif
            """;
        return VerifyBody(source, source);
    }

    [Fact]
    public Task DirectivesAround_Stay() => VerifyBody(
        """
        #region start
        [|stream.Start()|];
        #endregion
        """,
        """
        #region start
        if (!stream.Start())
        {
            throw new InvalidOperationException("Audio stream failed to start.");
        }
        #endregion
        """);

    [Theory]
    [InlineData("\r\n", "\t")]
    [InlineData("\n", "  ")]
    public Task LineEndsAndIndentation_AreTheFiles(string lineEnd, string unit)
    {
        const string before = "using System;\nclass C\n{\n    void M(VoiceForge.Audio.AudioStreamV2 s, bool b)\n    {\n        if (b)\n            [|s.Start()|];\n        Action a = () => [|s.Start()|];\n    }\n}\n";
        const string throwing = "throw new InvalidOperationException(\"Audio stream failed to start.\");";
        const string after = "using System;\nclass C\n{\n    void M(VoiceForge.Audio.AudioStreamV2 s, bool b)\n    {\n        if (b)\n        {\n            if (!s.Start())\n            {\n                "
            + throwing + "\n            }\n        }\n        Action a = () =>\n        {\n            if (!s.Start())\n            {\n                " + throwing + "\n            }\n        };\n    }\n}\n";
        return Verify.VerifyCodeFixAsync(InStyle(before), InStyle(after), V2);

        string InStyle(string text) => text.Replace("    ", unit, StringComparison.Ordinal).Replace("\n", lineEnd, StringComparison.Ordinal);
    }

    [Fact]
    public Task OtherTypesOfTheSameNames_AreNotReported() => Verify.VerifyAnalyzerAsync(
        """
        class AudioStreamV2 { public bool Start() => true; }
        class C
        {
            void M(AudioStreamV2 mine, System.Diagnostics.Stopwatch watch)
            {
                mine.Start();
                watch.Start();
                Missing.Start();
            }
        }
        """);

    [Fact]
    public Task V1Receiver_IsReportedAndFixedWithItsType()
    {
        const string source = """
            using System;
            using System.Threading;
            using System.Threading.Tasks;
            using VoiceForge;
            using VoiceForge.Audio;
            class C
            {
                async Task M(VoiceForgeApp app, AudioStream stream)
                {
                    [|app.Initialize()|];
                    [|stream?.Start()|];
                    Action a = [|stream!.Start|];
                    new Thread([|stream.Start|]).Start();
                    await Task.Run(() => [|stream.Start()|]);
                    Action go = () => [|app.StartGoldenPath()|];
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
            void M(VoiceForge.Audio.AudioStreamV2 s)
            {
                [|s.Start()|]
                s.Start(1);
                s.Start
                x?.Start(
            }
        """,
        V2);
}
