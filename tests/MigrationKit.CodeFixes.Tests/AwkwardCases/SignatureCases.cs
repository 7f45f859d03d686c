using MigrationKit.Tests.Verifiers;

namespace MigrationKit.CodeFixes.Tests.AwkwardCases;

/// <summary>Cases 13 to 17: parameters, subclasses, overrides, wrappers.</summary>
public sealed class SignatureCases
{
    [Fact]
    public Task A13_InjectedParameter_Migrates() => AwkwardCase.BecomesAsync(
        [
            """
            using VoiceForge.Audio;

            class Player
            {
                readonly RingBuffer _ring;

                public Player(RingBuffer ring) => _ring = ring;

                public int Channels => _ring.Channels;
            }
            """,
            """
            using VoiceForge.Audio;

            class Program
            {
                Player Make() => new Player(new RingBuffer(480));
            }
            """,
        ],
        [
            """
            using VoiceForge.Audio;

            class Player
            {
                readonly TripleBuffer _ring;

                public Player(TripleBuffer ring) => _ring = ring;

                public int Channels => _ring.Channels;
            }
            """,
            """
            using VoiceForge.Audio;

            class Program
            {
                Player Make() => new Player(new TripleBuffer(bufferSize: 480));
            }
            """,
        ]);

    [Fact]
    public Task A13_PublicInjectedParameter_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        public class Player
        {
            private readonly RingBuffer _ring;

            public Player(RingBuffer ring) => _ring = ring;

            public int Channels => _ring.Channels;
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        public class Player
        {
            private readonly TripleBuffer _ring;

            public Player(TripleBuffer ring) => _ring = ring;

            public int Channels => _ring.Channels;
        }
        """,
        "MK0101 review: the type is part of a signature that other code sees");

    [Fact]
    public Task A14_Subclass_Stays() => AwkwardCase.StaysAsync(
        """
        using System;
        using VoiceForge.Audio;

        class My : AudioStream
        {
            public My() : base(0, 1) { }
        }
        """,
        "MK0103 manual: a subclass of 'AudioStream' needs a pool and other overrides");

    [Fact]
    public Task A15_Override_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class My : AudioStreamV2
        {
            public My(BufferPool bufferPool) : base(0, 1, bufferPool) { }

            public override void Start() => base.Start();
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class My : AudioStreamV2
        {
            public My(BufferPool bufferPool) : base(0, 1, bufferPool) { }

            public override bool Start() => base.Start();
        }
        """);

    [Fact]
    public Task A15_OverrideThatDoesMore_Stays() => AwkwardCase.StaysAsync(
        """
        using System;
        using VoiceForge.Audio;

        class My : AudioStreamV2
        {
            public My(BufferPool bufferPool) : base(0, 1, bufferPool) { }

            public override void Start()
            {
                Console.WriteLine("starting");
                base.Start();
            }
        }
        """,
        "MK0104 manual: the override of 'Start' must return whether it worked");

    [Fact]
    public Task A15_OverrideThatOnlyCallsBase_Stays() => AwkwardCase.StaysAsync(
        """
        using System;
        using VoiceForge.Audio;

        class My : AudioStream
        {
            public My() : base(0, 1) { }

            public override void Start() => base.Start();
        }
        """,
        "MK0103 manual: a subclass of 'AudioStream' needs a pool and other overrides",
        "MK0104 manual: a subclass of 'AudioStream' must be migrated first");

    [Theory]
    [InlineData("public void Start() => stream.Start();")]
    [InlineData("void IPlayer.Start() => stream.Start();")]
    [InlineData("public void Start() { stream.Start(); }")]
    [InlineData("public void Start()\n    {\n        if (stream != null)\n            stream?.Start();\n    }")]
    public Task A16_VoidInterfaceMember_IsLeftAndTheStreamMigrates(string start)
    {
        var source = $$"""
            using System;
            using VoiceForge.Audio;

            interface IPlayer
            {
                void Start();
            }

            class Player(AudioStream stream) : IPlayer
            {
                {{start}}
            }
            """;
        return AwkwardCase.BecomesAsync(source, source.Replace("AudioStream", "AudioStreamV2", StringComparison.Ordinal),
            "MK0104 manual: 'IPlayer.Start' returns nothing, so its implementation has no way to say that 'Start' failed; let it return bool, or decide here");
    }

    [Theory]
    [InlineData("public void Start() { _ = stream.Start(); }", "public void Start() { _ = stream.Start(); }")]
    [InlineData("public void Start() { Action go = () => stream.Start(); go(); }", "public void Start() { Action go = () => { if (!stream.Start()) { throw new InvalidOperationException(\"Audio stream failed to start.\"); } }; go(); }")]
    [InlineData("public void Start() { } public void Go() { stream.Start(); }", "public void Start() { } public void Go() { if (!stream.Start()) { throw new InvalidOperationException(\"Audio stream failed to start.\"); } }")]
    [InlineData("public void Start() { } public void Start(int times) { stream.Start(); }", "public void Start() { } public void Start(int times) { if (!stream.Start()) { throw new InvalidOperationException(\"Audio stream failed to start.\"); } }")]
    public async Task A16_OtherMembersOfTheWrapper_AreChecked(string before, string after)
    {
        const string Frame = "using System; using VoiceForge.Audio; interface IPlayer { void Start(); } class Player(AudioStreamV2 stream) : IPlayer { ";
        var (text, left) = await MigrationVerifier.MigrateAsync(CodeState.S3, Frame + before + " }");

        Assert.Equal(string.Join(" ", (Frame + after + " }").Split()), string.Join(" ", text.Split(default(char[]), StringSplitOptions.RemoveEmptyEntries)));
        Assert.Empty(left);
    }

    [Fact]
    public Task A16_InterfaceThatASubclassImplements_Stays() => AwkwardCase.StaysAsync(
        """
        using System;
        using VoiceForge.Audio;

        interface IPlayer
        {
            void Start();
        }

        class Player : AudioStream, IPlayer
        {
            public Player() : base(0, 1) { }
        }
        """,
        "MK0103 manual: a subclass of 'AudioStream' needs a pool and other overrides");

    [Fact]
    public Task A17_PrimaryConstructor_Migrates() => AwkwardCase.BecomesAsync(
        [
            """
            using VoiceForge.Audio;

            class Player(AudioStream stream)
            {
                public bool IsRunning => stream.IsRunning;
            }
            """,
            """
            using VoiceForge.Audio;

            class Program
            {
                Player Make(AudioStream stream) => new Player(stream);
            }
            """,
        ],
        [
            """
            using VoiceForge.Audio;

            class Player(AudioStreamV2 stream)
            {
                public bool IsRunning => stream.IsRunning;
            }
            """,
            """
            using VoiceForge.Audio;

            class Program
            {
                Player Make(AudioStreamV2 stream) => new Player(stream);
            }
            """,
        ]);
}
