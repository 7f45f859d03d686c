using VoiceForge.Core;

namespace VoiceForge.Tests.Core;

/// <summary>Compares with the heap of the whole process, so nothing may run beside it.</summary>
[Collection(EnvironmentCollection.Name)]
public sealed class FeatureCacheMemoryTests
{
    [Fact]
    public void AccountedBytes_CoverWhatTheHeapReallyHolds()
    {
        const int entries = 20_000;
        using var cache = new FeatureCache();
        var audio = new float[4];
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var index = 0; index < entries; index++)
        {
            audio[0] = index;
            cache.GetOrExtract(new FeatureKey("zeros", 48000), audio, _ => new float[100]);
        }

        var held = GC.GetTotalMemory(forceFullCollection: true) - before;

        Assert.InRange(held, 0.5 * cache.GetStats().Bytes, 1.0 * cache.GetStats().Bytes);
    }
}
