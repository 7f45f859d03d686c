using MigrationKit.Tests.Verifiers;

namespace MigrationKit.CodeFixes.Tests;

/// <summary>More of <see cref="AwkwardCaseTests"/>: calls, patterns, pools and comments.</summary>
public sealed class AwkwardCaseShapeTests
{
    [Fact]
    public Task A18_CastMethodGroupOfStart_BecomesALambdaInParentheses() => MigrationVerifier.VerifyAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            object M(AudioStream stream) => (Action)stream.Start;
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            object M(AudioStreamV2 stream) => (Action)(() =>
            {
                if (!stream.Start())
                {
                    throw new InvalidOperationException("Audio stream failed to start.");
                }
            });
        }
        """);

    [Fact]
    public Task A45_CrefsToMembersWithOtherParameters_StayBound() => MigrationVerifier.VerifyAsync(
        """
        using VoiceForge.Audio;

        /// <summary><see cref="RingBuffer.Read(int)"/>, <see cref="AudioStream(int, int, int, int)"/>, <see cref="RingBuffer(int, int)"/></summary>
        class C
        {
        }
        """,
        """
        using VoiceForge.Audio;

        /// <summary><see cref="TripleBuffer.Read()"/>, <see cref="AudioStreamV2(int, int, BufferPool, int, int, IAudioBackend, AudioStreamOptions)"/>, <see cref="TripleBuffer(int, int)"/></summary>
        class C
        {
        }
        """);

    [Fact]
    public Task A81_LastArgumentWithAComment_KeepsIt() => MigrationVerifier.VerifyAsync(
        """
        using VoiceForge.Audio;

        class C
        {
            void M()
            {
                var stream = new AudioStream(
                    inputDeviceIndex: 0, // in
                    outputDeviceIndex: 1 // out
                );
            }
        }
        """,
        """
        using VoiceForge.Audio;

        class C
        {
            void M()
            {
                var bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);
                var stream = new AudioStreamV2(
                    inputDeviceIndex: 0, // in
                    outputDeviceIndex: 1, // out
                    bufferPool: bufferPool
                );
            }
        }
        """);

    [Fact]
    public Task A30_ReadsThatNobodyTakes_StayStatements() => MigrationVerifier.VerifyAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            readonly RingBuffer _ring = new RingBuffer(480);

            void Skip() => _ring.Read(480);

            Action Skipper() => () => _ring.Read(480);
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            private readonly BufferPool _bufferPool = new BufferPool(slotSizeSamples: 480, numSlots: 100);
            readonly TripleBuffer _ring = new TripleBuffer(bufferSize: 480);

            void Skip() => _ring.Read();

            Action Skipper() => () => _ring.Read();
        }
        """);

    [Fact]
    public Task A30_ReadThatAPatternOnlyNames_IsGuarded() => MigrationVerifier.VerifyAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            bool M(RingBuffer ring) => ring.Read(480) is var block && block.Length > 3;
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            bool M(TripleBuffer ring) => (ring.Read() ?? Array.Empty<float>()) is var block && block.Length > 3;
        }
        """);

    [Fact]
    public Task A67_LoadInAnExtensionBlock_GetsItsCacheInTheStaticClass() => MigrationVerifier.VerifyAsync(
        """
        using VoiceForge.Core;

        static class Extensions
        {
            extension(ModelLoader loader)
            {
                public ModelData Quick() => loader.LoadModel("a.onnx");
            }
        }
        """,
        """
        using VoiceForge.Core;

        static class Extensions
        {
            private static readonly ModelCache _modelCache = new ModelCache(maxCacheSizeGb: 8.0);

            extension(ModelLoader loader)
            {
                public ModelData Quick() => _modelCache.GetOrLoad(loader, "a.onnx");
            }
        }
        """);

    [Fact]
    public Task A04_StaticAndInstanceStreams_ShareTheStaticPool() => MigrationVerifier.VerifyAsync(
        """
        using VoiceForge.Audio;

        class C
        {
            static readonly AudioStream s_shared = new AudioStream(0, 1);
            readonly AudioStream _own = new AudioStream(1, 1);
        }
        """,
        """
        using VoiceForge.Audio;

        class C
        {
            private static readonly BufferPool _bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);
            static readonly AudioStreamV2 s_shared = new AudioStreamV2(0, 1, bufferPool: _bufferPool);
            readonly AudioStreamV2 _own = new AudioStreamV2(1, 1, bufferPool: _bufferPool);
        }
        """);

    [Fact]
    public Task A61_PoolThatIsNotSetYet_IsNotUsed() => VerifyWithV2Async(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            BufferPool _pool;
            AudioStream _stream;

            public C()
            {
                _stream = new AudioStream(0, 1);
                _pool = new BufferPool();
            }

            void M(BufferPool? mayBeNull)
            {
                BufferPool late;
                var stream = new AudioStream(0, 1);
                late = new BufferPool();
                Console.WriteLine(late.Channels + stream.GetHashCode());
            }

            static void N(out BufferPool late)
            {
                var stream = new AudioStream(0, 1);
                late = new BufferPool();
            }
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            BufferPool _pool;
            private readonly BufferPool _bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);
            AudioStreamV2 _stream;

            public C()
            {
                _stream = new AudioStreamV2(0, 1, bufferPool: _bufferPool);
                _pool = new BufferPool();
            }

            void M(BufferPool? mayBeNull)
            {
                BufferPool late;
                var stream = new AudioStreamV2(0, 1, bufferPool: _pool);
                late = new BufferPool();
                Console.WriteLine(late.Channels + stream.GetHashCode());
            }

            static void N(out BufferPool late)
            {
                var bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);
                var stream = new AudioStreamV2(0, 1, bufferPool: bufferPool);
                late = new BufferPool();
            }
        }
        """);

    [Fact]
    public Task A80_HandlerOfWhatV1Threw_GetsV2sFailureToo() => MigrationVerifier.VerifyAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            static int Main()
            {
                var stream = new AudioStream(0, 1);
                try
                {
                    stream.Start();
                }
                catch (Exception failure)
                {
                    Console.WriteLine(failure);
                    return 2;
                }

                return 0;
            }
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            static int Main()
            {
                var bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);
                var stream = new AudioStreamV2(0, 1, bufferPool: bufferPool);
                try
                {
                    if (!stream.Start())
                    {
                        throw new InvalidOperationException("Audio stream failed to start.");
                    }
                }
                catch (Exception failure)
                {
                    Console.WriteLine(failure);
                    return 2;
                }

                return 0;
            }
        }
        """);

    [Fact]
    public Task A55_PartsOfPartialMembers_ChangeTogether() => MigrationVerifier.VerifyAsync(
        """
        using VoiceForge.Audio;

        partial class C
        {
            public partial C(RingBuffer ring);

            public partial int Go(AudioStream stream, int number);

            partial void Hook(RingBuffer ring);

            void Twice(RingBuffer ring) { }

            void Twice<T>(RingBuffer ring) { }
        }

        partial class C
        {
            public partial C(RingBuffer ring) { }

            public partial int Go(AudioStream stream, int number) => number;

            partial void Hook(RingBuffer ring) => ring.Write([1f]);
        }
        """,
        """
        using VoiceForge.Audio;

        partial class C
        {
            public partial C(TripleBuffer ring);

            public partial int Go(AudioStreamV2 stream, int number);

            partial void Hook(TripleBuffer ring);

            void Twice(TripleBuffer ring) { }

            void Twice<T>(TripleBuffer ring) { }
        }

        partial class C
        {
            public partial C(TripleBuffer ring) { }

            public partial int Go(AudioStreamV2 stream, int number) => number;

            partial void Hook(TripleBuffer ring) => ring.Write([1f]);
        }
        """);

    [Fact]
    public Task A30_PointerToABlock_IsNoPlaceForNull() => MigrationVerifier.VerifyAsync(
        """
        using System;
        using VoiceForge.Audio;

        unsafe class C
        {
            void M(RingBuffer ring)
            {
                fixed (float* sample = ring.Read(480))
                    Console.WriteLine(*sample);
            }
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        unsafe class C
        {
            void M(TripleBuffer ring)
            {
                fixed (float* sample = ring.Read() ?? Array.Empty<float>())
                    Console.WriteLine(*sample);
            }
        }
        """);

    [Fact]
    public Task A30_SwitchWithAnArmForAnyValue_GetsNoNull() => MigrationVerifier.VerifyAsync(
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            int Any(RingBuffer ring) => ring.Read(480) switch { { Length: 0 } => 0, var block => block.Length };

            int NullToo(RingBuffer ring) => ring.Read(480) switch { null => 0, var block => block.Length };

            void Statement(RingBuffer ring)
            {
                var read = ring.Read(480);
                switch (read)
                {
                    case var block:
                        Console.WriteLine(block.Length);
                        break;
                }
            }
        }
        """,
        """
        using System;
        using VoiceForge.Audio;

        class C
        {
            int Any(TripleBuffer ring) => (ring.Read() ?? Array.Empty<float>()) switch { { Length: 0 } => 0, var block => block.Length };

            int NullToo(TripleBuffer ring) => ring.Read() switch { null => 0, var block => block.Length };

            void Statement(TripleBuffer ring)
            {
                var read = ring.Read();
                if (read is not null)
                {
                    switch (read)
                    {
                        case var block:
                            Console.WriteLine(block.Length);
                            break;
                    }
                }
            }
        }
        """);

    [Theory]
    [InlineData("var stream = new AudioStream(0, 1);\n        stream.Stop();", "var stream = new AudioStreamV2(0, 1, bufferPool: pool);\n        stream.Stop();")]
    [InlineData("using var stream = new AudioStream(0, 1);\n        Take(stream);", "using var stream = new AudioStreamV2(0, 1, bufferPool: pool);\n        Take(stream);")]
    [InlineData("var stream = new AudioStream(0, 1);\n        Take(stream);",
        "var bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);\n        var stream = new AudioStreamV2(0, 1, bufferPool: bufferPool);\n        Take(stream);")]
    [InlineData("Take(new AudioStream(0, 1));",
        "var bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);\n        Take(new AudioStreamV2(0, 1, bufferPool: bufferPool));")]
    public Task A61_PoolThatEndsWithItsBlock_IsNotForStreamsThatMayGoOn(string before, string after) =>
        VerifyWithV2Async(WithPool("AudioStream", before), WithPool("AudioStreamV2", after));

    private static string WithPool(string type, string statements) => $$"""
        using VoiceForge.Audio;

        class C
        {
            void M()
            {
                using var pool = new BufferPool(480, 10);
                {{statements}}
            }

            static void Take({{type}} stream) { }
        }
        """;

    /// <summary>For code that V1 alone does not compile.</summary>
    private static async Task VerifyWithV2Async(string before, string after)
    {
        foreach (var state in new[] { CodeState.S2, CodeState.S3 })
            Assert.Equal(after, (await MigrationVerifier.MigrateAsync(state, before)).Text);
        await TestProject.AssertCompilesAsync(TestProject.Create(CodeState.S3, after), "after, in S3");
    }
}
