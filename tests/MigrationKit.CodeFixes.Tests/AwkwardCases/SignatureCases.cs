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

    [Fact]
    public Task A16_InterfaceOfAWrapper_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        interface IPlayer
        {
            void Start();
        }

        class Player(AudioStream stream) : IPlayer
        {
            public void Start() => stream.Start();
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        interface IPlayer
        {
            void Start();
        }

        class Player(AudioStreamV2 stream) : IPlayer
        {
            public void Start()
            {
                if (!stream.Start())
                {
                    throw new InvalidOperationException("Audio stream failed to start.");
                }
            }
        }
        """);

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
