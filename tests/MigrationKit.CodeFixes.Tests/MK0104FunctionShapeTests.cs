using MigrationKit.Tests.Verifiers;
using static MigrationKit.CodeFixes.Tests.MK0104Sources;
using Verify = MigrationKit.Tests.Verifiers.CSharpCodeFixVerifier<
    MigrationKit.Analyzers.Rules.MK0104UncheckedStartAnalyzer, MigrationKit.CodeFixes.Rules.MK0104UncheckedStartFix>;

namespace MigrationKit.CodeFixes.Tests;

/// <summary>Calls in lambdas, expression bodies and overrides, and methods used as delegates.</summary>
public sealed class MK0104FunctionShapeTests
{
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
        """);

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
}
