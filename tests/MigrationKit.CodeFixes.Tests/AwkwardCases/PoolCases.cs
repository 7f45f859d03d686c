namespace MigrationKit.CodeFixes.Tests.AwkwardCases;

/// <summary>Cases 1 to 7: where the pool of a creation comes from.</summary>
public sealed class PoolCases
{
    [Fact]
    public Task A01_VarAndExplicitTypes_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M()
            {
                RingBuffer first = new RingBuffer(480);
                var second = new RingBuffer(480);
                first.Write(new float[480]);
                float[] block = first.Read(480);
                Console.WriteLine(block.Length);
                second.Write(new float[480]);
                var other = second.Read(480);
                Console.WriteLine(other.Length);
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
                var bufferPool = new BufferPool(slotSizeSamples: 480, numSlots: 100);
                TripleBuffer first = new TripleBuffer(bufferSize: 480);
                var second = new TripleBuffer(bufferSize: 480);
                first.Write(new float[480]);
                float[]? block = first.Read();
                if (block is not null)
                {
                    Console.WriteLine(block.Length);
                }
                second.Write(new float[480]);
                var other = second.Read();
                if (other is not null)
                {
                    Console.WriteLine(other.Length);
                }
            }
        }
        """,
        "MK0101 review: the buffer is read or written in several places, and a TripleBuffer keeps only the newest block");

    [Fact]
    public Task A01_WithoutNullableContext_Migrates() => AwkwardCase.BecomesAsync(
        """
        #nullable disable
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M()
            {
                var ring = new RingBuffer(480);
                ring.Write(new float[480]);
                float[] block = ring.Read(480);
                Console.WriteLine(block.Length);
            }
        }
        """,
        """
        #nullable disable
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M()
            {
                var bufferPool = new BufferPool(slotSizeSamples: 480, numSlots: 100);
                var ring = new TripleBuffer(bufferSize: 480);
                ring.Write(new float[480]);
                float[] block = ring.Read();
                if (block is not null)
                {
                    Console.WriteLine(block.Length);
                }
            }
        }
        """);

    [Fact]
    public Task A02_TargetTypedNew_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M()
            {
                RingBuffer ring = new(480000, 1);
                AudioStream stream = new(0, 1);
                Console.WriteLine(ring.Channels);
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
                TripleBuffer ring = new(bufferSize: 48000, channels: 1);
                AudioStreamV2 stream = new(0, 1, bufferPool: bufferPool);
                Console.WriteLine(ring.Channels);
            }
        }
        """);

    [Fact]
    public Task A03_FieldInitializerWithOneConstructor_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            readonly AudioStream _stream = new(0, 1);

            public C()
            {
                _stream.SetProcessingCallback(null);
            }
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            private readonly BufferPool _bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);
            readonly AudioStreamV2 _stream;

            public C()
            {
                _stream = new(0, 1, bufferPool: _bufferPool);
                _stream.SetProcessingCallback(null);
            }
        }
        """);

    [Fact]
    public Task A03_FieldInitializerWithTwoConstructors_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            readonly AudioStream _stream = new(0, 1);

            public C()
            {
            }

            public C(int device)
            {
                Console.WriteLine(device);
            }
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            readonly AudioStreamV2 _stream = new(0, 1, bufferPool: new BufferPool(slotSizeSamples: 480000, numSlots: 100));

            public C()
            {
            }

            public C(int device)
            {
                Console.WriteLine(device);
            }
        }
        """,
        "MK0103 review: the pool is written inline, because nothing can be declared there; share one pool where several streams live together");

    [Fact]
    public Task A04_StaticFieldInitializer_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            static readonly AudioStream s_stream = new AudioStream(0, 1);
            static readonly RingBuffer s_ring = new RingBuffer(480);
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            private static readonly BufferPool _bufferPool = new BufferPool(slotSizeSamples: 480, numSlots: 100);
            static readonly AudioStreamV2 s_stream = new AudioStreamV2(0, 1, bufferPool: _bufferPool);
            static readonly TripleBuffer s_ring = new TripleBuffer(bufferSize: 480);
        }
        """);

    [Fact]
    public Task A05_AutoProperty_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            AudioStream Stream { get; } = new AudioStream(0, 1);

            RingBuffer Ring { get; } = new RingBuffer(480);

            public C()
            {
                Console.WriteLine(Ring.Channels);
            }
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            private readonly BufferPool _bufferPool = new BufferPool(slotSizeSamples: 480, numSlots: 100);

            AudioStreamV2 Stream { get; }

            TripleBuffer Ring { get; } = new TripleBuffer(bufferSize: 480);

            public C()
            {
                Stream = new AudioStreamV2(0, 1, bufferPool: _bufferPool);
                Console.WriteLine(Ring.Channels);
            }
        }
        """);

    [Fact]
    public Task A05_AutoPropertyWithoutConstructor_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            AudioStream Stream { get; } = new AudioStream(0, 1);
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            AudioStreamV2 Stream { get; } = new AudioStreamV2(0, 1, bufferPool: new BufferPool(slotSizeSamples: 480000, numSlots: 100));
        }
        """,
        "MK0103 review: the pool is written inline, because nothing can be declared there; share one pool where several streams live together");

    [Fact]
    public Task A06_UsingStatement_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M()
            {
                using (var stream = new AudioStream(0, 1))
                {
                    Console.WriteLine(stream.IsRunning);
                }
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
                using (var bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100))
                using (var stream = new AudioStreamV2(0, 1, bufferPool: bufferPool))
                {
                    Console.WriteLine(stream.IsRunning);
                }
            }
        }
        """);

    [Fact]
    public Task A06_Usings_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            void M()
            {
                using var first = new AudioStream(0, 1);
                Console.WriteLine(first.IsRunning);
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
                using var bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);
                using var first = new AudioStreamV2(0, 1, bufferPool: bufferPool);
                Console.WriteLine(first.IsRunning);
            }
        }
        """);

    [Fact]
    public Task A07_StreamThatLeavesTheScope_Migrates() => AwkwardCase.BecomesAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            AudioStream Create(int device)
            {
                var stream = new AudioStream(device, 1);
                Console.WriteLine(stream.IsRunning);
                return stream;
            }
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            AudioStreamV2 Create(int device)
            {
                var bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);
                var stream = new AudioStreamV2(device, 1, bufferPool: bufferPool);
                Console.WriteLine(stream.IsRunning);
                return stream;
            }
        }
        """);
}
