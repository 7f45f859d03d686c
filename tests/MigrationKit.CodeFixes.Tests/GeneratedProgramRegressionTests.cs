using MigrationKit.Tests.Verifiers;
using static MigrationKit.CodeFixes.Tests.Sources;

namespace MigrationKit.CodeFixes.Tests;

/// <summary>Wrong rewrites that generated programs brought to light, through all rules at once.</summary>
public sealed class GeneratedProgramRegressionTests
{
    [Fact]
    public async Task ReadThatMustStayOnANewRing_KeepsTheRingToo()
    {
        var source = InMethod("new RingBuffer(4096).Read(Next());\nint Next() => 128;");
        var (text, left) = await MigrationVerifier.MigrateAsync(CodeState.S2, source);
        Assert.Equal(source, text);
        Assert.Contains(left, finding => finding.Id == "MK0101");
    }

    [Fact]
    public Task CacheAndPoolBeforeOneUsingStatement_PoolStaysNextToIt() => MigrationVerifier.VerifyAsync(
        """
        using VoiceForge.Audio;
        using VoiceForge.Core;

        static class Program
        {
            static void Main()
            {
                var loader = new ModelLoader();
                using (var stream = new AudioStream(0, 1))
                {
                    loader.LoadModel("a.onnx");
                }
            }
        }
        """,
        """
        using VoiceForge.Audio;
        using VoiceForge.Core;

        static class Program
        {
            static void Main()
            {
                var loader = new ModelLoader();
                var modelCache = new ModelCache(maxCacheSizeGb: 8.0, device: "cuda");
                using (var bufferPool = new BufferPool(slotSizeSamples: 480000, numSlots: 100))
                using (var stream = new AudioStreamV2(0, 1, bufferPool: bufferPool))
                {
                    modelCache.GetOrLoad(loader, "a.onnx");
                }
            }
        }
        """);

    [Fact]
    public async Task StreamBesideARingFieldThatMustStay_DeclaresThePoolItself()
    {
        var source = InClass("""
            private readonly RingBuffer _ring = new RingBuffer(48000);

            public void M()
            {
                var stream = new AudioStream(1, 1);
                _ring.Read(Next());
            }

            private static int Next() => 256;
            """);
        var (text, _) = await MigrationVerifier.MigrateAsync(CodeState.S2, source);
        await TestProject.AssertCompilesAsync(TestProject.Create(CodeState.S2, text), "after, with the ring of V1");
        Assert.Contains("bufferPool: _bufferPool", text, StringComparison.Ordinal);
        Assert.Contains("private readonly RingBuffer _ring", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Action<float[]> write = new RingBuffer(480).Write;", "MK0101")]
    [InlineData("Func<int, float[]> read = (new RingBuffer(480)).Read;", "MK0101")]
    [InlineData("Action start = new AudioStream(0, 1).Start;", "MK0103")]
    [InlineData("Action start = new VoiceForgeApp().Initialize;", "MK0107")]
    public async Task MethodGroupOnANewObject_IsReportedAndStays(string statement, string rule)
    {
        var source = InMethod(statement);
        foreach (var state in new[] { CodeState.S2, CodeState.S3 })
        {
            var (text, left) = await MigrationVerifier.MigrateAsync(state, source);
            Assert.Equal(source, text);
            Assert.Contains(left, finding => finding.Id == rule);
        }
    }

    [Fact]
    public async Task ReadOnANewRingThatSharesItsPoolWithOneThatMustStay_Stays()
    {
        var source = InMethod("Use(new RingBuffer(480).Read(256));\nnew RingBuffer(480).Read(Next());\nint Next() => 256;");
        var (text, _) = await MigrationVerifier.MigrateAsync(CodeState.S2, source);
        Assert.Equal(source, text);
    }
}
