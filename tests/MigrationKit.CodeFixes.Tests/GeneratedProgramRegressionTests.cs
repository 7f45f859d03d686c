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
}
