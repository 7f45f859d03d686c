using MigrationKit.Tests.Verifiers;
using Verify = MigrationKit.Tests.Verifiers.CSharpCodeFixVerifier<
    MigrationKit.Analyzers.Rules.MK0104UncheckedStartAnalyzer, MigrationKit.CodeFixes.Rules.MK0104UncheckedStartFix>;

namespace MigrationKit.CodeFixes.Tests;

public sealed class MK0104UncheckedStartTests
{
    /// <summary>V2's names exist only there; code that names V1 is the other theory's.</summary>
    private const CodeState V2 = CodeState.S2 | CodeState.S3;

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
    public Task ChainedAndNestedCalls_AreAllChecked() => VerifyBody(
        """
        [|new AudioStreamV2(0, 1, pool).Start()|];
        [|Make(() => [|app.Initialize()|]).Start()|];
        Take(flag: true, run: () => [|stream
            .Start()|]);
        Take(
            true,
            () =>
                [|maybe?.Start()|] /* last */);
        """,
        """
        if (!new AudioStreamV2(0, 1, pool).Start())
        {
            throw new InvalidOperationException("Audio stream failed to start.");
        }
        if (!Make(() =>
        {
            if (!app.Initialize())
            {
                throw new InvalidOperationException("Init failed");
            }
        }).Start())
        {
            throw new InvalidOperationException("Audio stream failed to start.");
        }
        Take(flag: true, run: () =>
        {
            if (!stream
                .Start())
            {
                throw new InvalidOperationException("Audio stream failed to start.");
            }
        });
        Take(
            true,
            () =>
            {
                if (maybe?.Start() == false)
                {
                    throw new InvalidOperationException("Audio stream failed to start.");
                } 
            } /* last */);
        """.Replace("} \n", "}\n", StringComparison.Ordinal));

    [Fact]
    public Task MethodGroups_BecomeLambdas() => VerifyBody(
        """
        Action a = [|stream.Start|];
        var thread = new System.Threading.Thread([|stream.Start|]);
        Take(true, [|app.StartGoldenPath|]);
        Func<bool> kept = stream.Start;
        var natural = stream.Start;
        var name = nameof(stream.Start);
        """,
        """
        Action a = () =>
        {
            if (!stream.Start())
            {
                throw new InvalidOperationException("Audio stream failed to start.");
            }
        };
        var thread = new System.Threading.Thread(() =>
        {
            if (!stream.Start())
            {
                throw new InvalidOperationException("Audio stream failed to start.");
            }
        });
        Take(true, () =>
        {
            if (!app.StartGoldenPath())
            {
                throw new InvalidOperationException("Start failed");
            }
        });
        Func<bool> kept = stream.Start;
        var natural = stream.Start;
        var name = nameof(stream.Start);
        """,
        CodeState.S3);

    [Fact]
    public Task TaskWithDroppedResult_ChecksInside() => VerifyBody(
        """
        await Task.Run(() => [|stream.Start()|]);
        await Task.Run([|stream.Start|]).ConfigureAwait(false);
        Task.Run(() => [|stream.Start()|]).Wait();
        _ = Task.Run(() => [|stream.Start()|]);
        Func<Task> plain = () => Task.Run(() => [|stream.Start()|]);
        var ok = await Task.Run(() => stream.Start());
        if (!await Task.Run(stream.Start)) return;
        """,
        """
        await Task.Run(() =>
        {
            if (!stream.Start())
            {
                throw new InvalidOperationException("Audio stream failed to start.");
            }
        });
        await Task.Run(() =>
        {
            if (!stream.Start())
            {
                throw new InvalidOperationException("Audio stream failed to start.");
            }
        }).ConfigureAwait(false);
        Task.Run(() =>
        {
            if (!stream.Start())
            {
                throw new InvalidOperationException("Audio stream failed to start.");
            }
        }).Wait();
        _ = Task.Run(() =>
        {
            if (!stream.Start())
            {
                throw new InvalidOperationException("Audio stream failed to start.");
            }
        });
        Func<Task> plain = () => Task.Run(() =>
        {
            if (!stream.Start())
            {
                throw new InvalidOperationException("Audio stream failed to start.");
            }
        });
        var ok = await Task.Run(() => stream.Start());
        if (!await Task.Run(stream.Start)) return;
        """);

    [Fact]
    public Task TryBody_ThrowsToTheSameHandler() => VerifyBody(
        """
        try { [|stream.Start()|]; } catch { }
        """,
        """
        try { if (!stream.Start()) { throw new InvalidOperationException("Audio stream failed to start."); } } catch { }
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

    [Fact]
    public Task EventHook_IsChecked() => VerifyMembers(
        """
        event Action? Ready, Done;
        void Hook(AudioStreamV2 stream)
        {
            Ready += () => [|stream.Start()|];
            Done += [|stream.Start|];
        }
        """,
        """
        event Action? Ready, Done;
        void Hook(AudioStreamV2 stream)
        {
            Ready += () =>
            {
                if (!stream.Start())
                {
                    throw new InvalidOperationException("Audio stream failed to start.");
                }
            };
            Done += () =>
            {
                if (!stream.Start())
                {
                    throw new InvalidOperationException("Audio stream failed to start.");
                }
            };
        }
        """,
        CodeState.S3);

    [Fact]
    public Task EventHookThatIsRemovedAgain_IsReportedWithoutFix()
    {
        const string source = """
            event Action? Done;
            void Hook(AudioStreamV2 stream) => Done += [|stream.Start|];
            void Unhook(AudioStreamV2 stream) => Done -= [|stream.Start|];
            """;
        return VerifyMembers(source, source, CodeState.S3);
    }

    [Theory]
    [InlineData("void M(ref AudioStreamV2 s) { Action a = [|s.Start|]; }")]
    [InlineData("struct S { AudioStreamV2 _s; void M() { Action a = [|_s.Start|]; } }")]
    public Task GroupThatALambdaCannotCapture_IsReportedWithoutFix(string member) => VerifyMembers(member, member, CodeState.S3);

    [Fact]
    public Task OverrideThatOnlyCallsBase_ReturnsTheResult() => VerifyMembers(
        """
        class A(BufferPool p) : AudioStreamV2(0, 1, p) { public override void Start() => [|base.Start()|]; }
        class B(BufferPool p) : AudioStreamV2(0, 1, p)
        {
            public override void Start()
            {
                [|base.Start()|]; // as ever
            }
        }
        """,
        """
        class A(BufferPool p) : AudioStreamV2(0, 1, p) { public override bool Start() => base.Start(); }
        class B(BufferPool p) : AudioStreamV2(0, 1, p)
        {
            public override bool Start()
            {
                return base.Start(); // as ever
            }
        }
        """,
        CodeState.S3);

    [Fact]
    public Task OverrideThatDoesMore_IsReportedWithoutFix()
    {
        const string source = """
            class A(BufferPool p) : AudioStreamV2(0, 1, p)
            {
                public override void Start()
                {
                    Console.WriteLine("start");
                    [|base.Start()|];
                }
            }
            """;
        return VerifyMembers(source, source, CodeState.S3);
    }

    [Fact]
    public Task ExpressionBodies_BecomeBlocks() => Verify.VerifyCodeFixAsync(
        """
        using VoiceForge;
        using VoiceForge.Audio;
        abstract class C(AudioStreamV2 stream, VoiceForgeAppV2 app)
        {
            public void Go() => [|stream.Start()|]; // go
            void Next()
                => [|app.Initialize()|];
            void Broken() =>
                // why
                [|app.StartGoldenPath()|];
            int P { get => 1; set => [|stream.Start()|]; }
            bool Kept() => stream.Start();
            void Outer()
            {
                void Local() => [|stream.Start()|];
                Local();
            }
        }
        """,
        """
        using VoiceForge;
        using VoiceForge.Audio;
        abstract class C(AudioStreamV2 stream, VoiceForgeAppV2 app)
        {
            public void Go()
            {
                if (!stream.Start()) // go
                {
                    throw new System.InvalidOperationException("Audio stream failed to start.");
                }
            }
            void Next()
            {
                if (!app.Initialize())
                {
                    throw new System.InvalidOperationException("Init failed");
                }
            }
            void Broken()
            {
                // why
                if (!app.StartGoldenPath())
                {
                    throw new System.InvalidOperationException("Start failed");
                }
            }
            int P { get => 1; set
            {
                if (!stream.Start())
                {
                    throw new System.InvalidOperationException("Audio stream failed to start.");
                }
            } }
            bool Kept() => stream.Start();
            void Outer()
            {
                void Local()
                {
                    if (!stream.Start())
                    {
                        throw new System.InvalidOperationException("Audio stream failed to start.");
                    }
                }
                Local();
            }
        }
        """,
        V2);

    [Theory]
    [InlineData("C()", "new C();")]
    [InlineData("static C()", "new C();")]
    [InlineData("~C()", "new C();")]
    [InlineData("public void Dispose()", "new C().Dispose();")]
    public Task PlaceThatMustNotThrow_OnlyLogs(string member, string use) => Verify.VerifyCodeFixAsync(
        $$"""
        using System;
        using VoiceForge.Audio;
        class C
        {
            static AudioStreamV2 s_stream = null!;
            {{member}}
            {
                [|s_stream.Start()|];
            }
            static void Use() { {{use}} }
        }
        """,
        $$"""
        using System;
        using VoiceForge.Audio;
        class C
        {
            static AudioStreamV2 s_stream = null!;
            {{member}}
            {
                if (!s_stream.Start())
                {
                    Console.Error.WriteLine("Audio stream failed to start.");
                }
            }
            static void Use() { {{use}} }
        }
        """,
        V2);

    [Fact]
    public Task Finally_OnlyLogs() => VerifyBody(
        """
        try { Other(); }
        finally
        {
            [|stream.Start()|];
        }
        """,
        """
        try { Other(); }
        finally
        {
            if (!stream.Start())
            {
                Console.Error.WriteLine("Audio stream failed to start.");
            }
        }
        """);

    [Theory]
    [InlineData("int Main()", "return 0;", "return 1;")]
    [InlineData("async Task<int> Main(string[] args)", "await Task.Yield(); return 0;", "return 1;")]
    [InlineData("void Main()", "", "Environment.ExitCode = 1;\n        return;")]
    [InlineData("async Task Main()", "await Task.Yield();", "Environment.ExitCode = 1;\n        return;")]
    [InlineData("Task Main()", "return Task.CompletedTask;", null)]
    public Task Main_EndsWithAnExitCode(string signature, string end, string? leave)
    {
        var failure = leave is null ? """throw new InvalidOperationException("Init failed");""" : "Console.Error.WriteLine(\"Init failed\");\n            " + leave.Replace("\n        ", "\n            ", StringComparison.Ordinal);
        return Verify.VerifyCodeFixAsync(
            $$"""
            using System;
            using System.Threading.Tasks;
            using VoiceForge;
            static class Program
            {
                static {{signature}}
                {
                    using var app = new VoiceForgeAppV2();
                    [|app.Initialize()|];
                    {{end}}
                }
            }
            """,
            $$"""
            using System;
            using System.Threading.Tasks;
            using VoiceForge;
            static class Program
            {
                static {{signature}}
                {
                    using var app = new VoiceForgeAppV2();
                    if (!app.Initialize())
                    {
                        {{failure}}
                    }
                    {{end}}
                }
            }
            """,
            V2);
    }

    [Theory]
    [InlineData("static void Main() { ILogger logger = L(); ", "logger")]
    [InlineData("static ILogger<string> s_log = null!; static void Main() { ", "s_log")]
    [InlineData("static ILogger Log { get; } = null!; static void Main() { ", "Log")]
    [InlineData("static void Main() { ILogger later; ", null)]
    [InlineData("static ILogger? s_log = null; static void Main() { ", null)]
    [InlineData("ILogger _log = null!; static void Main() { ", null)]
    public Task Main_UsesTheLoggerInScope(string start, string? logger) => Verify.VerifyCodeFixAsync(
        $$"""
        using System;
        using Microsoft.Extensions.Logging;
        using VoiceForge;
        class Program { static ILogger L() => null!;
            {{start}}
                [|new VoiceForgeAppV2().Initialize()|];
            }
        }
        """,
        $$"""
        using System;
        using Microsoft.Extensions.Logging;
        using VoiceForge;
        class Program { static ILogger L() => null!;
            {{start}}
                if (!new VoiceForgeAppV2().Initialize())
                {
                    {{(logger is null ? "Console.Error.WriteLine" : logger + ".LogError")}}("Init failed");
                    Environment.ExitCode = 1;
                    return;
                }
            }
        }
        """,
        V2);

    [Fact]
    public Task LoggerWithoutItsNamespace_IsNotUsed() => Verify.VerifyCodeFixAsync(
        """
        class Program
        {
            static int Main(Microsoft.Extensions.Logging.ILogger logger)
            {
                [|new VoiceForge.VoiceForgeAppV2().Initialize()|];
                return 0;
            }
        }
        """,
        """
        class Program
        {
            static int Main(Microsoft.Extensions.Logging.ILogger logger)
            {
                if (!new VoiceForge.VoiceForgeAppV2().Initialize())
                {
                    System.Console.Error.WriteLine("Init failed");
                    return 1;
                }
                return 0;
            }
        }
        """,
        V2);

    [Theory]
    [InlineData("", "\nreturn 0;")]
    [InlineData("\n", "return 0;\n")]
    [InlineData("\nreturn 0;", "\nreturn 0;")]
    [InlineData("\nwhile (true) { }", "\nwhile (true) { }")]
    [InlineData("\nthrow new System.Exception();", "\nthrow new System.Exception();")]
    [InlineData("\nvoid Local() { return; }\nclass C { }", "return 0;\nvoid Local() { return; }\nclass C { }")]
    [InlineData("\nclass C { }\n", "return 0;\nclass C { }\n")]
    public Task TopLevel_ReturnsOne(string tail, string expectedTail) => Verify.VerifyCodeFixAsync(
        $$"""
        var app = new VoiceForge.VoiceForgeAppV2();
        [|app.Initialize()|]; // first
        [|app.StartGoldenPath()|]; // second{{tail}}
        """,
        $$"""
        var app = new VoiceForge.VoiceForgeAppV2();
        if (!app.Initialize()) // first
        {
            System.Console.Error.WriteLine("Init failed");
            return 1;
        }
        if (!app.StartGoldenPath()) // second
        {
            System.Console.Error.WriteLine("Start failed");
            return 1;
        }{{(expectedTail.StartsWith('\n') ? expectedTail : "\n" + expectedTail)}}
        """,
        V2);

    [Fact]
    public Task TopLevelWithBareReturn_SetsTheExitCode() => Verify.VerifyCodeFixAsync(
        """
        using System;
        var app = new VoiceForge.VoiceForgeAppV2();
        if (args.Length > 0)
            return;
        [|app.Initialize()|];
        """,
        """
        using System;
        var app = new VoiceForge.VoiceForgeAppV2();
        if (args.Length > 0)
            return;
        if (!app.Initialize())
        {
            Console.Error.WriteLine("Init failed");
            Environment.ExitCode = 1;
            return;
        }
        """,
        V2);

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
    public Task DerivedTypesAndTheInterface_AreCheckedToo() => Verify.VerifyCodeFixAsync(
        """
        using VoiceForge.Audio;
        class My(BufferPool pool) : AudioStreamV2(0, 1, pool)
        {
            public override bool Start()
            {
                [|base.Start()|];
                return true;
            }
            void Own()
            {
                [|Start()|];
            }
            static void Use<T>(T any, IAudioStream some) where T : IAudioStream
            {
                [|any.Start()|];
                [|some.Start()|];
            }
        }
        """,
        """
        using VoiceForge.Audio;
        class My(BufferPool pool) : AudioStreamV2(0, 1, pool)
        {
            public override bool Start()
            {
                if (!base.Start())
                {
                    return false;
                }
                return true;
            }
            void Own()
            {
                if (!Start())
                {
                    throw new System.InvalidOperationException("Audio stream failed to start.");
                }
            }
            static void Use<T>(T any, IAudioStream some) where T : IAudioStream
            {
                if (!any.Start())
                {
                    throw new System.InvalidOperationException("Audio stream failed to start.");
                }
                if (!some.Start())
                {
                    throw new System.InvalidOperationException("Audio stream failed to start.");
                }
            }
        }
        """,
        V2);

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

    private static Task VerifyBody(string before, string after, CodeState states = V2) => Verify.VerifyCodeFixAsync(Body(before), Body(after), states);

    private static Task VerifyMembers(string before, string after, CodeState states) => Verify.VerifyCodeFixAsync(Members(before), Members(after), states);

    private static string Members(string members) => "using System;\nusing VoiceForge.Audio;\nclass C\n{\n    " + members.Replace("\n", "\n    ", StringComparison.Ordinal) + "\n}";

    private static string Body(string statements) =>
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
