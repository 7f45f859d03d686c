using MigrationKit.Tests.Verifiers;

namespace MigrationKit.CodeFixes.Tests;

/// <summary>Unusual code in which the types meet, through all rules at once: one test for each wrong rewrite that was found.</summary>
public sealed class AwkwardCaseTests
{
    [Fact]
    public Task A07_CallsOnReceiversThatNoVariableHolds_AreNoFindingsOfTheirOwn() => MigrationVerifier.VerifyAsync(
        """
        using VoiceForge.Audio;

        class C
        {
            RingBuffer Make() => new RingBuffer(480);

            void M(float[] audio)
            {
                Make().Write(audio);
            }
        }
        """,
        """
        using VoiceForge.Audio;

        class C
        {
            TripleBuffer Make() => new TripleBuffer(bufferSize: 480);

            void M(float[] audio)
            {
                Make().Write(audio);
            }
        }
        """);

    [Fact]
    public Task A81_CapacityThatIsNotConstantOnALineWithOtherCode_CommentEndsBeforeTheCode() => MigrationVerifier.VerifyAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M(int n) { var ring = new RingBuffer(n); Console.WriteLine(ring.Channels); }
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M(int n) { var bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100); /* TODO(MigrationKit MK0101): bufferSize is the largest block that is written, not the old capacity; choose it. */ var ring = new TripleBuffer(bufferSize: n); Console.WriteLine(ring.Channels); }
        }
        """);

    [Fact]
    public Task A62_TwoStreamFieldsAndDisposeWithExpressionBody_PoolIsDisposedOnce() => MigrationVerifier.VerifyAsync(
        """
        using System;
        using VoiceForge.Audio;

        sealed class C : IDisposable
        {
            private readonly AudioStream _first = new AudioStream(0, 1);
            private readonly AudioStream _second = new AudioStream(1, 1);

            public C(int x)
            {
                Console.WriteLine(x);
            }

            public void Dispose() => _second.Dispose();
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        sealed class C : IDisposable
        {
            private readonly BufferPool _bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);
            private readonly AudioStreamV2 _first;
            private readonly AudioStreamV2 _second;

            public C(int x)
            {
                _first = new AudioStreamV2(0, 1, bufferPool: _bufferPool);
                _second = new AudioStreamV2(1, 1, bufferPool: _bufferPool);
                Console.WriteLine(x);
            }

            public void Dispose()
            {
                _second.Dispose();
                _bufferPool.Dispose();
            }
        }
        """);

    [Fact]
    public Task A81_ConstructorsOnOneLineAndWithACommentBehindTheBrace_KeepTheirShape() => MigrationVerifier.VerifyAsync(
        """
        using System;
        using VoiceForge.Audio;

        class OneLine
        {
            readonly AudioStream _stream = new AudioStream(0, 1);
            public OneLine() { Console.WriteLine(_stream); }
        }

        class Commented
        {
            readonly AudioStream _stream = new AudioStream(0, 1); // the stream
            public Commented() { // opens
                Console.WriteLine(_stream);
            }
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class OneLine
        {
            private readonly BufferPool _bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);
            readonly AudioStreamV2 _stream;
            public OneLine() { _stream = new AudioStreamV2(0, 1, bufferPool: _bufferPool); Console.WriteLine(_stream); }
        }

        class Commented
        {
            private readonly BufferPool _bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);
            readonly AudioStreamV2 _stream; // the stream
            public Commented() { // opens
                _stream = new AudioStreamV2(0, 1, bufferPool: _bufferPool);
                Console.WriteLine(_stream);
            }
        }
        """);

    [Fact]
    public Task A03_InitializerWhoseMoveWouldBeSeen_GetsItsPoolInline() => MigrationVerifier.VerifyAsync(
        """
        using System;
        using VoiceForge.Audio;

        class Setter
        {
            AudioStream S { get; set { Console.WriteLine(value); field = value; } } = new AudioStream(0, 2);
            public Setter() { }
        }

        class Overriding : Base
        {
            readonly AudioStream _stream = new AudioStream(0, 1);
            public Overriding() { }
            protected override void Init() => Console.WriteLine(_stream.IsRunning);
        }

        abstract class Base
        {
            protected Base() => Init();
            protected abstract void Init();
        }

        class Effects
        {
            static int s_next;
            readonly AudioStream _stream = new AudioStream(s_next++, 1);
            readonly int _after = s_next;
            public Effects() { Console.WriteLine(_after); }
        }

        class Commented
        {
            readonly AudioStream _stream /* a */ = /* b */ new AudioStream(0, 1);
            public Commented() { }
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class Setter
        {
            AudioStreamV2 S { get; set { Console.WriteLine(value); field = value; } } = new AudioStreamV2(0, 2, bufferPool: new BufferPool(slotSizeSamples: 480000, numSlots: 100));
            public Setter() { }
        }

        class Overriding : Base
        {
            readonly AudioStreamV2 _stream = new AudioStreamV2(0, 1, bufferPool: new BufferPool(slotSizeSamples: 480000, numSlots: 100));
            public Overriding() { }
            protected override void Init() => Console.WriteLine(_stream.IsRunning);
        }

        abstract class Base
        {
            protected Base() => Init();
            protected abstract void Init();
        }

        class Effects
        {
            static int s_next;
            readonly AudioStreamV2 _stream = new AudioStreamV2(s_next++, 1, bufferPool: new BufferPool(slotSizeSamples: 480000, numSlots: 100));
            readonly int _after = s_next;
            public Effects() { Console.WriteLine(_after); }
        }

        class Commented
        {
            readonly AudioStreamV2 _stream /* a */ = /* b */ new AudioStreamV2(0, 1, bufferPool: new BufferPool(slotSizeSamples: 480000, numSlots: 100));
            public Commented() { }
        }
        """);

    [Fact]
    public Task A02_TargetTypedCreationsWithoutADeclaration_AreFoundWithoutV1() => MigrationVerifier.VerifyAsync(
        """
        using VoiceForge.Audio;

        class C
        {
            AudioStream? _stream;

            public C() { _stream = new(0, 1); }

            AudioStream this[int device] => new(device, device);

            AudioStream Make() => new(0, 1);

            public static implicit operator AudioStream(C c) => new(0, 1);
        }
        """,
        """
        using VoiceForge.Audio;

        class C
        {
            private readonly BufferPool _bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);
            AudioStreamV2? _stream;

            public C() { _stream = new(0, 1, bufferPool: _bufferPool); }

            AudioStreamV2 this[int device] => new(device, device, bufferPool: new BufferPool(slotSizeSamples: 480000, numSlots: 100));

            AudioStreamV2 Make() => new(0, 1, bufferPool: new BufferPool(slotSizeSamples: 480000, numSlots: 100));

            public static implicit operator AudioStreamV2(C c) => new(0, 1, bufferPool: new BufferPool(slotSizeSamples: 480000, numSlots: 100));
        }
        """);

    [Fact]
    public Task A73_UserTypesNamedLikeV2_DoNotHideTheOldTypes() => MigrationVerifier.VerifyAsync(
        """
        using VoiceForge.Audio;

        class BufferPool { }

        class TripleBuffer { }

        class C
        {
            readonly RingBuffer _ring = new RingBuffer(480);

            int Channels => _ring.Channels;
        }
        """,
        """
        using VoiceForge.Audio;

        class BufferPool { }

        class TripleBuffer { }

        class C
        {
            private readonly VoiceForge.Audio.BufferPool _bufferPool = new VoiceForge.Audio.BufferPool(slotSizeSamples: 480, numSlots: 100);
            readonly VoiceForge.Audio.TripleBuffer _ring = new VoiceForge.Audio.TripleBuffer(bufferSize: 480);

            int Channels => _ring.Channels;
        }
        """);

    [Fact]
    public Task A20_MethodGroupsWithoutADelegateType_BecomeLambdasWithParameterTypes() => MigrationVerifier.VerifyAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M(RingBuffer ring)
            {
                var write = ring.Write;
                var read = ring.Read;
                Delegate any = ring.Write;
                write(read(480));
            }
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M(TripleBuffer ring)
            {
                var write = (float[] audio) => { ring.Write(audio); };
                var read = (int _) => ring.Read() ?? Array.Empty<float>();
                Delegate any = (float[] audio) => { ring.Write(audio); };
                write(read(480));
            }
        }
        """);
}
