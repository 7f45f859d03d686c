using FsCheck;
using FsCheck.Fluent;
using VoiceForge.Core;

namespace VoiceForge.Tests.Core;

public sealed class FeatureCacheTests
{
    private const double GiB = 1L << 30;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly FeatureKey Key = new("double", 48000);

    [Fact]
    public void SameAudioAndKey_IsExtractedOnce()
    {
        using var cache = new FeatureCache();
        float[] audio = [1, 2, 3];

        Assert.Equal([2, 4, 6], cache.GetOrExtract(Key, audio, Double));
        Assert.Equal([2, 4, 6], cache.GetOrExtract(Key, audio, _ => throw new InvalidOperationException("asked again")));

        var bytes = 3 * sizeof(float) + FeatureCache.EntryOverheadBytes;
        Assert.Equal(new CacheStatistics(Hits: 1, Misses: 1, Loads: 1, Evictions: 0, Entries: 1, bytes, (long)(4 * GiB)), cache.GetStats());
    }

    [Fact]
    public void ResultThatTheCallerOverwrites_LeavesTheCacheAlone()
    {
        using var cache = new FeatureCache();
        var own = cache.GetOrExtract(Key, [1], Double);
        own[0] = float.NaN;

        var second = cache.GetOrExtract(Key, [1], Double);
        second[0] = 7;

        Assert.Equal([2], cache.GetOrExtract(Key, [1], Double));
    }

    [Fact]
    public void EveryPartOfTheKey_MakesAnotherEntry()
    {
        using var cache = new FeatureCache();
        FeatureKey[] keys = [Key, Key with { Extractor = "other" }, Key with { SampleRate = 44100 }, Key with { Parameters = "hop=5" }];

        foreach (var key in keys)
            cache.GetOrExtract(key, [1, 2], Double);

        Assert.Equal((4, 0), (cache.GetStats().Entries, cache.GetStats().Hits));
    }

    [Fact]
    public void F60_AudioThatDiffersInTheMiddleOnly_IsAnotherEntry()
    {
        using var cache = new FeatureCache();
        var audio = new float[5000];
        cache.GetOrExtract(Key, audio, Double);
        audio[2500] = float.Epsilon;

        Assert.Equal(2 * float.Epsilon, cache.GetOrExtract(Key, audio, Double)[2500]);
        Assert.Equal(2, cache.GetStats().Misses);
    }

    [Fact]
    public void F59_SameHashOfAnotherLengthOrKey_IsAMiss()
    {
        var one = new FeatureIdentity(Key, 10, 1, 2);

        Assert.NotEqual(one, one with { Length = 11 });
        Assert.NotEqual(one, one with { HashLow = 3 });
        Assert.NotEqual(one, one with { Key = Key with { SampleRate = 1 } });
    }

    [Fact]
    public void FeaturesLargerThanTheBudget_AreServedButNotKept()
    {
        using var cache = CacheOf(entries: 2, length: 10);
        cache.GetOrExtract(Key, new float[10], Double);

        Assert.Equal(5000, cache.GetOrExtract(Key, new float[5000], Double).Length);

        Assert.Equal((1, 0), (cache.GetStats().Entries, cache.GetStats().Evictions));
    }

    [Fact]
    public void BudgetOfNothing_KeepsNothing()
    {
        using var cache = new FeatureCache(0);

        cache.GetOrExtract(Key, [1], Double);

        Assert.Equal((0, 0), (cache.GetStats().Entries, cache.GetStats().Bytes));
    }

    [Fact]
    public void FailureOfTheExtractor_IsThrownAndNotKept()
    {
        using var cache = new FeatureCache();

        Assert.Throws<InvalidDataException>(() => cache.GetOrExtract(Key, [1], _ => throw new InvalidDataException()));
        Assert.Contains("'double' returned null", Assert.Throws<InvalidOperationException>(() => cache.GetOrExtract(Key, [1], _ => null!)).Message);

        Assert.Equal([2], cache.GetOrExtract(Key, [1], Double));
        Assert.Equal((1, 1), (cache.GetStats().Loads, cache.GetStats().Entries));
    }

    [Fact]
    public void ExtractorThatAsksForItself_IsRefusedInsteadOfWaitingForEver()
    {
        using var cache = new FeatureCache();

        Assert.Throws<InvalidOperationException>(() => cache.GetOrExtract(Key, [1], audio => cache.GetOrExtract(Key, audio, Double)));
        Assert.Equal([2], cache.GetOrExtract(Key, [1], audio => cache.GetOrExtract(Key with { Parameters = "inner" }, audio, Double)));
    }

    [Fact]
    public async Task ManyThreadsAskingForOne_ExtractOnce()
    {
        const int callers = 16;
        using var cache = new FeatureCache();
        using var release = new ManualResetEventSlim();
        var extractions = 0;

        var tasks = Enumerable.Range(0, callers).Select(_ => Task.Factory.StartNew(
            () => cache.GetOrExtract(Key, [1, 2], audio =>
            {
                Interlocked.Increment(ref extractions);
                release.Wait(Limit);
                return Double(audio);
            }),
            TaskCreationOptions.LongRunning)).ToArray();
        SpinWait.SpinUntil(() => cache.GetStats() is { Hits: callers - 1, Misses: 1 }, Limit);
        release.Set();
        var results = await Task.WhenAll(tasks).WaitAsync(Limit);

        Assert.Equal(1, extractions);
        Assert.All(results, result => Assert.Equal([2, 4], result));
        Assert.Equal(callers, results.Distinct<float[]>(ReferenceEqualityComparer.Instance).Count());
    }

    /// <summary>Fault 61: whatever is asked in whatever order, the bytes are the sum of the entries, within the budget, and the order that of a plain list.</summary>
    [Fact]
    public void F61_AnySequenceOfRequests_KeepsTheBudgetAndTheOrder() =>
        Prop.ForAll(Gen.Choose(0, 9).ListOf().ToArbitrary(), requests =>
        {
            using var cache = CacheOf(entries: 4, length: 100);
            var model = new List<int>(); // most recently used first
            var bytes = (int number) => (long)(number * 20 + 1) * sizeof(float) + FeatureCache.EntryOverheadBytes;
            foreach (var number in requests)
            {
                var isExtracted = false;
                cache.GetOrExtract(Key, [number], _ =>
                {
                    isExtracted = true;
                    return new float[number * 20 + 1];
                });

                Assert.Equal(!model.Remove(number), isExtracted);
                model.Insert(0, number);
                while (model.Sum(bytes) > cache.GetStats().BudgetBytes)
                    model.RemoveAt(model.Count - 1);
                Assert.Equal((model.Count, model.Sum(bytes)), (cache.GetStats().Entries, cache.GetStats().Bytes));
            }
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void TrimTo_DropsTheLeastRecentlyUsed()
    {
        using var cache = new FeatureCache(1);
        var key = new FeatureKey("test", 48000);
        for (var entry = 0; entry < 4; entry++)
            cache.GetOrExtract(key, [entry], _ => new float[100]);
        var loads = cache.GetStats().Loads;

        cache.TrimTo(0.5 * cache.GetStats().Bytes / (1L << 30));

        Assert.Equal((2, 2L), (cache.GetStats().Entries, cache.GetStats().Evictions));
        cache.GetOrExtract(key, [3], _ => new float[100]);
        Assert.Equal(loads, cache.GetStats().Loads);
        Assert.Throws<ArgumentOutOfRangeException>(() => cache.TrimTo(-1));
    }

    [Fact]
    public void DisposedCache_RefusesAndHoldsNothing()
    {
        var cache = new FeatureCache();
        cache.GetOrExtract(Key, [1], Double);

        cache.Dispose();
        cache.Dispose();

        Assert.Equal((0, 0), (cache.GetStats().Entries, cache.GetStats().Bytes));
        Assert.Throws<ObjectDisposedException>(() => cache.GetOrExtract(Key, [1], Double));
    }

    [Fact]
    public void KeyWithoutExtractorOrRate_IsRefused()
    {
        using var cache = new FeatureCache();

        Assert.Throws<ArgumentException>(() => cache.GetOrExtract(default, [1], Double));
        Assert.Contains("'0' Hz", Assert.Throws<ArgumentException>(() => cache.GetOrExtract(new("x", 0), [1], Double)).Message);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void BudgetOutOfRange_IsRefused(double budget) => Assert.Throws<ArgumentOutOfRangeException>(() => new FeatureCache(budget));

    private static FeatureCache CacheOf(int entries, int length) => new(entries * ((long)length * sizeof(float) + FeatureCache.EntryOverheadBytes) / GiB);

    private static float[] Double(ReadOnlySpan<float> audio)
    {
        var result = new float[audio.Length];
        for (var index = 0; index < audio.Length; index++)
            result[index] = 2 * audio[index];
        return result;
    }
}
