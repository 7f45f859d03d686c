namespace MigrationKit.CodeFixes.Tests.AwkwardCases;

/// <summary>Rules that meet in one statement, method or class.</summary>
public sealed class InterplayCases
{
    [Fact]
    public Task NestedCallsOfThreeRules_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using PocketTts;
        using VoiceForge.Audio;

        class C
        {
            void M(TtsModel model, RingBuffer ring)
            {
                Console.WriteLine(model.Generate(model.LoadVoice("alba"), "Hello").Length);
                foreach (var block in new TtsModel(steps: 2).Stream(model.LoadVoice("alba"), "Hi"))
                    ring.Write(block);
            }
        }
        """,
        """
        using System;
        using PocketTts;
        using VoiceForge.Audio;

        class C
        {
            void M(TtsModel model, TripleBuffer ring)
            {
                Console.WriteLine(model.GenerateAudio(model.GetStateForAudioPrompt("alba"), "Hello").Length);
                foreach (var block in TtsModel.LoadModel(lsdDecodeSteps: 2).GenerateAudioStream(model.GetStateForAudioPrompt("alba"), "Hi"))
                    ring.Write(block);
            }
        }
        """,
        "MK0101 review: 'Read' gives the newest block as it was written, which need not be as long as what was asked for");

    [Fact]
    public Task RingFieldBesideAStreamInitializer_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            readonly RingBuffer _ring = new RingBuffer(480);
            readonly AudioStream _stream = new AudioStream(0, 1);

            int Channels => _ring.Channels;
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            readonly TripleBuffer _ring = new TripleBuffer(bufferSize: 480);
            readonly AudioStreamV2 _stream = new AudioStreamV2(0, 1, bufferPool: new BufferPool(slotSizeSamples: 480000, numSlots: 100));

            int Channels => _ring.Channels;
        }
        """,
        "MK0103 review: the pool is written inline, because nothing can be declared there; share one pool where several streams live together");

    [Fact]
    public Task TypesOnOneLine_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class Player { readonly AudioStream _stream = new AudioStream(0, 1); public Player() { } public void Dispose() => _stream.Dispose(); }
        class Other { AudioStream _s = new(0, 1); void M() { _s.Start(); } }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class Player { private readonly BufferPool _bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100); readonly AudioStreamV2 _stream; public Player() { _stream = new AudioStreamV2(0, 1, bufferPool: _bufferPool); } public void Dispose() { _stream.Dispose(); _bufferPool.Dispose(); } }
        class Other { AudioStreamV2 _s = new(0, 1, bufferPool: new BufferPool(slotSizeSamples: 480000, numSlots: 100)); void M() { if (!_s.Start()) { throw new InvalidOperationException("Audio stream failed to start."); } } }
        """,
        "MK0103 review: the pool is written inline, because nothing can be declared there; share one pool where several streams live together");

    [Fact]
    public Task ChecksBesideASwapThatStays_Stays() => AwkwardCase.StaysAsync(
        """
        using System;
        using VoiceForge.Audio;

        class My : AudioStream
        {
            public My() : base(0, 1) { }
        }

        class C
        {
            readonly AudioStream _stream = new My();

            void M() => _stream.Start();

            void Own() => new My().Start();
        }

        class D
        {
            void M(RingBuffer ring)
            {
                var block = ring.Read(Next());
                Console.WriteLine(block.Length);
            }

            static int Next() => 3;
        }
        """,
        "MK0103 manual: a subclass of 'AudioStream' needs a pool and other overrides",
        "MK0103 manual: it exchanges values with code that keeps 'AudioStream': an object of a subclass, or a type parameter that 'AudioStream' bounds, is among them",
        "MK0104 manual: 'AudioStream' stays here: it exchanges values with code that keeps 'AudioStream': an object of a subclass, or a type parameter that 'AudioStream' bounds, is among them",
        "MK0104 manual: a subclass of 'AudioStream' must be migrated first",
        "MK0101 manual: the argument of 'Read' has side effects, and 'TripleBuffer.Read' takes none",
        "MK0102 manual: 'RingBuffer' stays here: the argument of 'Read' has side effects, and 'TripleBuffer.Read' takes none");

    [Fact]
    public Task OneStreamThatStays_KeepsNoOtherOfItsFile() => AwkwardCase.BecomesAsync(
        """
        using VoiceForge.Audio;

        class C
        {
            readonly AudioStream[] _all = { new AudioStream(0, 1) };

            int Count => _all.Length;
        }

        class D
        {
            void M()
            {
                for (var stream = new AudioStream(0, 1); !stream.IsRunning; stream.Start()) { }
            }
        }
        """,
        """
        using VoiceForge.Audio;

        class C
        {
            readonly AudioStreamV2[] _all = { new AudioStreamV2(0, 1, bufferPool: new BufferPool(slotSizeSamples: 480000, numSlots: 100)) };

            int Count => _all.Length;
        }

        class D
        {
            void M()
            {
                for (var stream = new AudioStream(0, 1); !stream.IsRunning; stream.Start()) { }
            }
        }
        """,
        "MK0103 review: the pool is written inline, because nothing can be declared there; share one pool where several streams live together",
        "MK0103 manual: the head of a 'for' statement has no place for a check",
        "MK0104 manual: the head of a 'for' statement has no place for a check");
}
