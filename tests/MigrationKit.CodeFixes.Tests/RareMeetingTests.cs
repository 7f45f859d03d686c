using MigrationKit.Tests.Verifiers;

namespace MigrationKit.CodeFixes.Tests;

/// <summary>What random programs found: rules and places that seldom meet.</summary>
public sealed class RareMeetingTests
{
    [Fact]
    public Task CheckAndDeclarationBeforeOneStatement_DeclarationComesFirst() => MigrationVerifier.VerifyAsync(
        """
        using System;
        using VoiceForge;
        using VoiceForge.Core;

        class Program
        {
            private static readonly ModelLoader s_loader = new ModelLoader();
            private static readonly VoiceForgeApp s_app = new VoiceForgeApp();

            static void Main()
            {
                s_app.StartGoldenPath();
                ModelData Load() => s_loader.LoadModel("a.onnx", indexPath: null);
                Console.WriteLine(Load());
            }
        }
        """,
        """
        using System;
        using VoiceForge;
        using VoiceForge.Core;

        class Program
        {
            private static readonly ModelLoader s_loader = new ModelLoader();
            private static readonly VoiceForgeAppV2 s_app = new VoiceForgeAppV2();

            static void Main()
            {
                var modelCache = new ModelCache(maxCacheSizeGb: 8.0, device: "cuda");
                if (!s_app.StartGoldenPath())
                {
                    Console.Error.WriteLine("Start failed");
                    Environment.ExitCode = 1;
                    return;
                }
                ModelData Load() => modelCache.GetOrLoad(s_loader, "a.onnx", indexPath: null);
                Console.WriteLine(Load());
            }
        }
        """);

    [Fact]
    public Task FieldBesideStaticPoolToCome_StaysWhereItIs() => MigrationVerifier.VerifyAsync(
        """
        using VoiceForge.Audio;

        class C
        {
            private readonly AudioStream _stream = new AudioStream(First(), 1);
            private static readonly RingBuffer s_ring = new RingBuffer(4096);

            public C()
            {
            }

            static int First() => 0;
        }
        """,
        """
        using VoiceForge.Audio;

        class C
        {
            private readonly AudioStreamV2 _stream = new AudioStreamV2(First(), 1, bufferPool: _bufferPool);
            private static readonly BufferPool _bufferPool = new BufferPool(slotSizeSamples: 4096, numSlots: 100);
            private static readonly TripleBuffer s_ring = new TripleBuffer(bufferSize: 4096);

            public C()
            {
            }

            static int First() => 0;
        }
        """);

    [Theory]
    [InlineData("using AudioStream other = new AudioStream(0, 1);", "using AudioStreamV2 other = new AudioStreamV2(0, 1, bufferPool: _bufferPool);")]
    [InlineData("using var other = new AudioStream(0, 1); _stream.Dispose();", "using var other = new AudioStreamV2(0, 1, bufferPool: _bufferPool); _stream.Dispose();")]
    [InlineData("using (_stream) { _stream.Dispose(); }", "using (_stream) { _stream.Dispose(); }")]
    public Task PoolOfStreamThatIsDisposedLater_IsLeftToItsFinalizer(string before, string after) => MigrationVerifier.VerifyAsync(
        $$"""
        using System;
        using VoiceForge.Audio;

        sealed class C : IDisposable
        {
            private readonly AudioStream _stream;

            public C()
            {
                _stream = new AudioStream(0, 1);
            }

            public void Dispose()
            {
                {{before}}
            }
        }
        """,
        $$"""
        using System;
        using VoiceForge.Audio;

        sealed class C : IDisposable
        {
            private readonly BufferPool _bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100);
            private readonly AudioStreamV2 _stream;

            public C()
            {
                _stream = new AudioStreamV2(0, 1, bufferPool: _bufferPool);
            }

            public void Dispose()
            {
                {{after}}
            }
        }
        """);

    [Theory]
    [InlineData("lock (this) { new RingBuffer(12000).Read(count: 256); }")]
    [InlineData("lock (this) { new RingBuffer(12000).Write(new float[256]); }")]
    public async Task RingMadeAndUsedUnderALock_StaysWhole(string body)
    {
        var source = "using VoiceForge.Audio;\nclass C { void M() { " + body + " } }";
        foreach (var state in new[] { CodeState.S2, CodeState.S3 })
        {
            var (text, left) = await MigrationVerifier.MigrateAsync(state, source);
            Assert.Equal(source, text);
            Assert.Contains(left, finding => finding.Id == "MK0101" && finding.Properties["safety"] == "manual");
        }
    }
}
