namespace MigrationKit.CodeFixes.Tests.AwkwardCases;

/// <summary>Cases 55 to 60: partial types, top-level code, arguments, late creation.</summary>
public sealed class ScopeCases
{
    [Fact]
    public Task A55_PartialClass_Migrates() => AwkwardCase.BecomesAsync(
        [
            """
            using VoiceForge.Audio;

            partial class C
            {
                AudioStream? _first;

                void M() => _first = new AudioStream(0, 1);
            }
            """,
            """
            using VoiceForge.Audio;

            partial class C
            {
                AudioStream? _second;

                void N() => _second = new AudioStream(1, 1);
            }
            """,
        ],
        [
            """
            using VoiceForge.Audio;

            partial class C
            {
                private readonly BufferPool _bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);
                AudioStreamV2? _first;

                void M() => _first = new AudioStreamV2(0, 1, bufferPool: _bufferPool);
            }
            """,
            """
            using VoiceForge.Audio;

            partial class C
            {
                AudioStreamV2? _second;

                void N() => _second = new AudioStreamV2(1, 1, bufferPool: _bufferPool);
            }
            """,
        ],
        "MK0103 manual: another file of this partial type gets the pool first; fix that file, then this one");

    [Fact]
    public Task A55_PartialClassWithInitializers_Migrates() => AwkwardCase.BecomesAsync(
        [
            """
            using VoiceForge.Audio;

            partial class C
            {
                static readonly AudioStream s_first = new AudioStream(0, 1);
            }
            """,
            """
            using VoiceForge.Audio;

            partial class C
            {
                static readonly AudioStream s_second = new AudioStream(1, 1);
                readonly RingBuffer _ring = new RingBuffer(480);
            }
            """,
        ],
        [
            """
            using VoiceForge.Audio;

            partial class C
            {
                private static readonly BufferPool _bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);
                static readonly AudioStreamV2 s_first = new AudioStreamV2(0, 1, bufferPool: _bufferPool);
            }
            """,
            """
            using VoiceForge.Audio;

            partial class C
            {
                static readonly AudioStreamV2 s_second = new AudioStreamV2(1, 1, bufferPool: _bufferPool);
                readonly TripleBuffer _ring = new TripleBuffer(bufferSize: 480);
            }
            """,
        ],
        "MK0103 manual: another file of this partial type gets the pool first; fix that file, then this one",
        "MK0101 manual: another file of this partial type gets the pool first; fix that file, then this one");

    [Fact]
    public Task A55_PartialClassWithTwoRings_Migrates() => AwkwardCase.BecomesAsync(
        [
            """
            using VoiceForge.Audio;

            partial class C
            {
                readonly RingBuffer _first = new RingBuffer(480);
            }
            """,
            """
            using VoiceForge.Audio;

            partial class C
            {
                readonly RingBuffer _second = new RingBuffer(960);
            }
            """,
        ],
        [
            """
            using VoiceForge.Audio;

            partial class C
            {
                private readonly BufferPool _bufferPool = new BufferPool(slotSizeSamples: 480, numSlots: 100);
                readonly TripleBuffer _first = new TripleBuffer(bufferSize: 480);
            }
            """,
            """
            using VoiceForge.Audio;

            partial class C
            {
                readonly TripleBuffer _second = new TripleBuffer(bufferSize: 960);
            }
            """,
        ],
        "MK0101 manual: another file of this partial type gets the pool first; fix that file, then this one");

    [Fact]
    public Task A56_TopLevel_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        var stream = new AudioStream(0, 1);
        stream.Start();
        Console.WriteLine("playing");
        """,
        """
        using System;
        using VoiceForge.Audio;

        var bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);
        var stream = new AudioStreamV2(0, 1, bufferPool: bufferPool);
        if (!stream.Start())
        {
            Console.Error.WriteLine("Audio stream failed to start.");
            return 1;
        }
        Console.WriteLine("playing");
        return 0;
        """);

    [Fact]
    public Task A56_TopLevelWithBareReturn_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        var stream = new AudioStream(0, 1);
        if (args.Length == 0)
            return;
        stream.Start();
        """,
        """
        using System;
        using VoiceForge.Audio;

        var bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);
        var stream = new AudioStreamV2(0, 1, bufferPool: bufferPool);
        if (args.Length == 0)
            return;
        if (!stream.Start())
        {
            Console.Error.WriteLine("Audio stream failed to start.");
            Environment.ExitCode = 1;
            return;
        }
        """);

    [Fact]
    public Task A57_Arguments_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M()
            {
                object[] all =
                [
                    new AudioStream(0, 1, 44100, 512),
                    new AudioStream(outputDeviceIndex: 1, inputDeviceIndex: 0),
                    new AudioStream(0, 1, bufferSize: 512),
                    new AudioStream(0, bufferSize: 512, outputDeviceIndex: 1),
                ];
                Console.WriteLine(all.Length);
            }
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M()
            {
                var bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);
                object[] all =
                [
                    new AudioStreamV2(0, 1, sampleRate: 44100, bufferSize: 512, bufferPool: bufferPool),
                    new AudioStreamV2(outputDeviceIndex: 1, inputDeviceIndex: 0, bufferPool: bufferPool),
                    new AudioStreamV2(0, 1, bufferSize: 512, bufferPool: bufferPool),
                    new AudioStreamV2(0, bufferSize: 512, outputDeviceIndex: 1, bufferPool: bufferPool),
                ];
                Console.WriteLine(all.Length);
            }
        }
        """);

    [Fact]
    public Task A57_ArgumentsOfAModel_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using PocketTts;

        class C
        {
            void M()
            {
                object[] all =
                [
                    new TtsModel("v", 0.7, 4, -4.0),
                    new TtsModel("v", eos: -3.5, steps: 2),
                    new TtsModel(steps: 2),
                    new TtsModel("v", 0.7, steps: 2, eos: -4),
                ];
                Console.WriteLine(all.Length);
            }
        }
        """,
        """
        using System;
        using PocketTts;

        class C
        {
            void M()
            {
                object[] all =
                [
                    TtsModel.LoadModel("v", 0.7, 4, eosThreshold: -4.0),
                    TtsModel.LoadModel("v", eosThreshold: -3.5, lsdDecodeSteps: 2),
                    TtsModel.LoadModel(lsdDecodeSteps: 2),
                    TtsModel.LoadModel("v", 0.7, lsdDecodeSteps: 2, eosThreshold: -4),
                ];
                Console.WriteLine(all.Length);
            }
        }
        """);

    [Fact]
    public Task A58_RefAndOut_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M()
            {
                RingBuffer ring = new RingBuffer(480);
                Replace(ref ring);
                Make(out var other);
                Show(in ring, other);
            }

            static void Replace(ref RingBuffer ring) => ring = new RingBuffer(960);

            static void Make(out RingBuffer ring) => ring = new RingBuffer(480);

            static void Show(in RingBuffer ring, params RingBuffer[] others) => Console.WriteLine(ring.Channels + others.Length);
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M()
            {
                var bufferPool = new BufferPool(slotSizeSamples: 480, numSlots: 100);
                TripleBuffer ring = new TripleBuffer(bufferSize: 480);
                Replace(ref ring);
                Make(out var other);
                Show(in ring, other);
            }

            static void Replace(ref TripleBuffer ring) => ring = new TripleBuffer(bufferSize: 960);

            static void Make(out TripleBuffer ring) => ring = new TripleBuffer(bufferSize: 480);

            static void Show(in TripleBuffer ring, params TripleBuffer[] others) => Console.WriteLine(ring.Channels + others.Length);
        }
        """);

    [Fact]
    public Task A59_LazyCreation_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            AudioStream? _stream;

            AudioStream Get() => _stream ??= new AudioStream(0, 1);
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            private readonly BufferPool _bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);
            AudioStreamV2? _stream;

            AudioStreamV2 Get() => _stream ??= new AudioStreamV2(0, 1, bufferPool: _bufferPool);
        }
        """,
        "MK0103 review: the pool is there from the start, where the stream is created when it is first needed");

    [Fact]
    public Task A59_SwitchExpression_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            AudioStream Get(int kind) => kind switch
            {
                0 => new AudioStream(0, 1),
                _ => new AudioStream(1, 1),
            };
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            AudioStreamV2 Get(int kind) => kind switch
            {
                0 => new AudioStreamV2(0, 1, bufferPool: new BufferPool(slotSizeSamples: 480000, numSlots: 100)),
                _ => new AudioStreamV2(1, 1, bufferPool: new BufferPool(slotSizeSamples: 480000, numSlots: 100)),
            };
        }
        """,
        "MK0103 review: the pool is written inline, because nothing can be declared there; share one pool where several streams live together");

    [Fact]
    public Task A59_Ternary_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M(bool flag)
            {
                var stream = flag ? new AudioStream(0, 1) : new AudioStream(1, 1);
                Console.WriteLine(stream.IsRunning);
            }
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M(bool flag)
            {
                var bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);
                var stream = flag ? new AudioStreamV2(0, 1, bufferPool: bufferPool) : new AudioStreamV2(1, 1, bufferPool: bufferPool);
                Console.WriteLine(stream.IsRunning);
            }
        }
        """);

    [Fact]
    public Task A60_ObjectInitializer_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            object M() => new Named(0, 1) { Name = "x" };

            object N() => new AudioStream(0, 1) { };

            class Named(int input, int output)
            {
                public string Name { get; set; } = (input + output).ToString();
            }
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            object M() => new Named(0, 1) { Name = "x" };

            object N() => new AudioStreamV2(0, 1, bufferPool: new BufferPool(slotSizeSamples: 480000, numSlots: 100)) { };

            class Named(int input, int output)
            {
                public string Name { get; set; } = (input + output).ToString();
            }
        }
        """,
        "MK0103 review: the pool is written inline, because nothing can be declared there; share one pool where several streams live together");
}
