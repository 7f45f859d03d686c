using System.Runtime.CompilerServices;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.ML.OnnxRuntime.Tensors;
using VoiceForge.Core;

namespace VoiceForge.Tests.Core;

public sealed class ModelCacheTests : IDisposable
{
    private const double GiB = 1L << 30;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new();
    private readonly ModelLoader _loader = new("cpu") { HeapInUse = () => null }; // models weigh what their files do

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void PutModel_IsFoundByItsNameAndSharedByAllHandles()
    {
        using var cache = new ModelCache(device: "cpu");
        var own = _loader.LoadModel(Model("a"));

        Assert.Null(cache.Get("alba"));
        Assert.True(cache.Put("alba", own, warmup: true));
        own.Dispose();

        using var first = cache.Get("alba")!;
        using var second = cache.Get("alba")!;
        Assert.Same(first.Session, second.Session);
        Assert.False(first.IsDisposed);
        Assert.Equal(new CacheStatistics(Hits: 2, Misses: 1, Loads: 0, Evictions: 0, Entries: 1, first.Bytes, (long)(8 * GiB)), cache.GetStats());
    }

    [Fact]
    public void GetOrLoad_LoadsOnceAndAgainWhenTheFileChanged()
    {
        using var cache = new ModelCache(device: "cpu");
        var path = Model("a");

        using var first = cache.GetOrLoad(_loader, path);
        using var second = cache.GetOrLoad(_loader, Path.Combine(Path.GetDirectoryName(path)!, ".", "a.onnx"));
        Assert.Same(first.Session, second.Session);

        File.WriteAllBytes(path, TinyModel.Identity(padding: 10));
        using var third = cache.GetOrLoad(_loader, path);

        Assert.NotSame(first.Session, third.Session);
        Assert.Equal((1, 2, 2, 2), (cache.GetStats().Hits, cache.GetStats().Misses, cache.GetStats().Loads, cache.GetStats().Entries));
        Assert.NotNull(first.Session); // the old version lives as long as its handles
    }

    [Fact]
    public void IndexIsPartOfTheIdentity()
    {
        using var cache = new ModelCache(device: "cpu");
        var path = Model("a");
        var index = _folder.Write("a.index", new byte[10]);

        using var without = cache.GetOrLoad(_loader, path);
        using var with = cache.GetOrLoad(_loader, path, index);

        Assert.NotSame(without.Session, with.Session);
        Assert.Equal(2, cache.GetStats().Entries);
    }

    [Fact]
    public void Failure_IsThrownAsTheLoaderDoesAndNotKept()
    {
        using var cache = new ModelCache(device: "cpu");
        var path = _folder.PathOf("late.onnx");

        Assert.Throws<FileNotFoundException>(() => cache.GetOrLoad(_loader, path));
        _folder.Write("late.onnx", "broken"u8.ToArray());
        Assert.Throws<InvalidDataException>(() => cache.GetOrLoad(_loader, path));
        Assert.Equal((0, 0), (cache.GetStats().Entries, cache.GetStats().Loads));

        _folder.Write("late.onnx", TinyModel.Identity());
        using var model = cache.GetOrLoad(_loader, path);
        Assert.Equal(1, cache.GetStats().Entries);
    }

    [Fact]
    public void LeastRecentlyUsed_IsEvictedAndDisposed()
    {
        using var cache = CacheOf(models: 2);
        var models = new List<SharedModel>();
        foreach (var name in new[] { "a", "b" })
        {
            using var model = cache.GetOrLoad(_loader, Model(name));
            models.Add(model.Model);
        }

        cache.GetOrLoad(_loader, Model("a")).Dispose();
        cache.GetOrLoad(_loader, Model("c")).Dispose();

        Assert.Equal((2, 1), (cache.GetStats().Entries, cache.GetStats().Evictions));
        Assert.True(models[1].IsDisposed);
        Assert.False(models[0].IsDisposed);
    }

    [Fact]
    public void ModelInUse_IsNeverEvictedAndTheNewcomerIsServedUncached()
    {
        using var cache = CacheOf(models: 1);
        using var used = cache.GetOrLoad(_loader, Model("a"));

        using (var other = cache.GetOrLoad(_loader, Model("b")))
        {
            Assert.False(cache.Put("other", other));
            Assert.False(other.Model.IsDisposed);
        }

        Assert.Equal((1, 0), (cache.GetStats().Entries, cache.GetStats().Evictions));
        Assert.False(used.Model.IsDisposed);
        used.Dispose();
        cache.GetOrLoad(_loader, Model("b")).Dispose();
        Assert.Equal((1, 1), (cache.GetStats().Entries, cache.GetStats().Evictions));
    }

    [Fact]
    public void ModelLargerThanTheBudget_EvictsNothing()
    {
        using var cache = CacheOf(models: 2);
        cache.GetOrLoad(_loader, Model("a")).Dispose();

        using var large = cache.GetOrLoad(_loader, _folder.Write("large.onnx", TinyModel.Identity(padding: 5000)));

        Assert.Equal((1, 0), (cache.GetStats().Entries, cache.GetStats().Evictions));
        Assert.False(cache.Put("large", large));
    }

    [Fact]
    public void DisposedCache_LetsGoOfAllButWhatIsInUse()
    {
        var cache = new ModelCache(device: "cpu");
        using var used = cache.GetOrLoad(_loader, Model("a"));
        var idle = cache.GetOrLoad(_loader, Model("b"));
        var idleModel = idle.Model;
        idle.Dispose();

        cache.Dispose();
        cache.Dispose();

        Assert.True(idleModel.IsDisposed);
        Assert.False(used.Model.IsDisposed);
        Assert.Throws<ObjectDisposedException>(() => cache.Get("a"));
    }

    [Fact]
    public async Task ManyThreadsAskingForOne_LoadOnce()
    {
        const int callers = 16;
        using var cache = new ModelCache(device: "cpu");
        using var release = new ManualResetEventSlim();
        var path = Model("a");
        var place = ModelPlace.Of(path, null, "cpu");
        var loads = 0;

        var tasks = Enumerable.Range(0, callers).Select(_ => Task.Factory.StartNew(
            () => cache.GetOrLoadCore(place, FileStamp.Of(path), () => ModelFile.Read(path, null), file =>
            {
                Interlocked.Increment(ref loads);
                release.Wait(Limit);
                return _loader.Load(file, warmup: false, contract: null);
            }),
            TaskCreationOptions.LongRunning)).ToArray();
        SpinWait.SpinUntil(() => cache.GetStats() is { Hits: callers - 1, Misses: 1 }, Limit);
        release.Set();
        var models = await Task.WhenAll(tasks).WaitAsync(Limit);

        Assert.Equal(1, loads);
        Assert.Single(models.Select(model => model.Session).Distinct());
        var shared = models[0].Model;
        foreach (var model in models)
            model.Dispose();
        Assert.False(shared.IsDisposed); // the cache holds it
        cache.Dispose();
        Assert.True(shared.IsDisposed);
    }

    [Fact]
    public async Task FailureOfASharedLoad_ReachesEveryCallerAndTheNextTriesAgain()
    {
        const int callers = 8;
        using var cache = new ModelCache(device: "cpu");
        using var release = new ManualResetEventSlim();
        var path = Model("a");
        var place = ModelPlace.Of(path, null, "cpu");

        var tasks = Enumerable.Range(0, callers).Select(_ => Task.Factory.StartNew(
            () => cache.GetOrLoadCore(place, FileStamp.Of(path), () => ModelFile.Read(path, null), _ =>
            {
                release.Wait(Limit);
                throw new InvalidDataException("once");
            }),
            TaskCreationOptions.LongRunning)).ToArray();
        SpinWait.SpinUntil(() => cache.GetStats() is { Hits: callers - 1, Misses: 1 }, Limit);
        release.Set();
        foreach (var task in tasks)
            Assert.Equal("once", (await Assert.ThrowsAsync<InvalidDataException>(() => task.WaitAsync(Limit))).Message);

        using var model = cache.GetOrLoad(_loader, path);
        Assert.Equal(1, cache.GetStats().Loads);
    }

    /// <summary>Steps: put or get one of six names; some handles are kept for a while. Compared with a list ordered by use.</summary>
    [Fact]
    public void AnySequenceOfPutsAndGets_KeepsTheBudgetAndTheOrder()
    {
        var paths = Enumerable.Range(0, 6).Select(number => _folder.Write($"m{number}.onnx", TinyModel.Identity(padding: 100 * number))).ToArray();
        var step = Gen.Choose(0, 5).Zip(Gen.Choose(0, 3));
        var budget = 3 * new FileInfo(paths[2]).Length;
        Prop.ForAll(step.ListOf().ToArbitrary(), steps =>
        {
            using var cache = new ModelCache(budget / GiB, "cpu");
            var held = new Dictionary<int, ModelData>();
            var model = new List<int>(); // most recently used first
            var bytes = (int number) => new FileInfo(paths[number]).Length;
            foreach (var (number, action) in steps)
            {
                var name = $"m{number}";
                if (action == 0 && held.Remove(number, out var returned))
                {
                    returned.Dispose();
                }
                else if (action <= 1)
                {
                    var found = cache.Get(name);
                    Assert.Equal(model.Contains(number), found is not null);
                    if (model.Remove(number))
                        model.Insert(0, number);
                    if (found is not null && !held.TryAdd(number, found))
                        found.Dispose();
                }
                else if (!held.ContainsKey(number))
                {
                    using var loaded = _loader.LoadModel(paths[number]);
                    model.Remove(number);
                    var idle = model.Where(other => !held.ContainsKey(other)).ToList();
                    var fits = model.Except(idle).Sum(bytes) + bytes(number) <= budget;
                    Assert.Equal(fits, cache.Put(name, loaded));
                    if (fits)
                    {
                        while (model.Sum(bytes) + bytes(number) > budget)
                        {
                            model.Remove(idle[^1]);
                            idle.RemoveAt(idle.Count - 1);
                        }

                        model.Insert(0, number);
                    }
                }

                var stats = cache.GetStats();
                Assert.Equal((model.Count, model.Sum(bytes)), (stats.Entries, stats.Bytes));
                Assert.True(stats.Bytes <= stats.BudgetBytes);
                Assert.All(held.Values, handle => Assert.False(handle.Model.IsDisposed));
            }

            foreach (var handle in held.Values)
                handle.Dispose();
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(30));
    }

    [Fact]
    public void TrimTo_DropsTheLeastRecentlyUsedThatAreIdle()
    {
        using var cache = CacheOf(models: 4);
        using var pinned = cache.GetOrLoad(_loader, Model("a"));
        foreach (var name in new[] { "b", "c", "d" })
            cache.GetOrLoad(_loader, Model(name)).Dispose();

        cache.TrimTo(2 * pinned.Bytes / GiB);

        Assert.Equal((2, 2L), (cache.GetStats().Entries, cache.GetStats().Evictions));
        Assert.False(pinned.Model.IsDisposed);
        cache.GetOrLoad(_loader, Model("d")).Dispose();
        Assert.Equal(4, cache.GetStats().Loads); // it was still there
        cache.TrimTo(0);
        Assert.Equal((1, pinned.Bytes), (cache.GetStats().Entries, cache.GetStats().Bytes));
    }

    [Fact]
    public void ForgottenHandles_AreGivenBackByTheGarbageCollector()
    {
        using var cache = CacheOf(models: 2);
        var disposed = cache.GetOrLoad(_loader, Model("a")); // can still be reached
        Forget(3);
        disposed.Dispose();
        cache.TrimTo(0);
        Assert.Equal(1, cache.GetStats().Entries); // in use, for all that is known

        GC.Collect();
        GC.WaitForPendingFinalizers();
        cache.TrimTo(0);

        Assert.Equal(0, cache.GetStats().Entries);
        Assert.True(disposed.IsDisposed);

        [MethodImpl(MethodImplOptions.NoInlining)]
        void Forget(int handles)
        {
            for (var handle = 0; handle < handles; handle++)
                GC.KeepAlive(cache.GetOrLoad(_loader, Model("a")));
        }
    }

    [Fact]
    public void HandleThatIsKept_OutlivesForgottenAndDisposedOnes()
    {
        using var cache = CacheOf(models: 2);
        var kept = cache.GetOrLoad(_loader, Model("a"));
        for (var handle = 0; handle < 3; handle++)
            cache.GetOrLoad(_loader, Model("a")).Dispose();

        GC.Collect();
        GC.WaitForPendingFinalizers();
        cache.TrimTo(0);

        Assert.Equal(1, cache.GetStats().Entries);
        Assert.Single(kept.Session.InputMetadata);
        var shared = kept.Model;
        kept.Dispose();
        cache.TrimTo(0);
        Assert.True(shared.IsDisposed);
    }

    [Fact]
    public async Task ThreadsThatGetLoadAndTrimAtOnce_NeverRunADisposedModel()
    {
        const int rounds = 200;
        using var cache = CacheOf(models: 2);
        var paths = new[] { "a", "b", "c", "d" }.Select(Model).ToArray();

        var users = Enumerable.Range(0, 4).Select(user => Task.Factory.StartNew(
            () =>
            {
                for (var round = 0; round < rounds; round++)
                {
                    using var model = cache.GetOrLoad(_loader, paths[(round * (user + 1)) % paths.Length], warmup: false);
                    Assert.Single(model.Session.InputMetadata);
                    Assert.False(model.Model.IsDisposed);
                    Assert.InRange(cache.GetStats().Bytes, 0, cache.GetStats().BudgetBytes);
                    if (round % 10 == user)
                        cache.TrimTo(0);
                }
            },
            TaskCreationOptions.LongRunning)).ToArray();
        await Task.WhenAll(users).WaitAsync(Limit);

        Assert.Null(cache.FindFault());
        cache.TrimTo(0);
        Assert.Equal((0, 0L), (cache.GetStats().Entries, cache.GetStats().Bytes));
    }

    [Fact]
    public void SizeToTrimToOutOfRange_IsRefused()
    {
        using var cache = new ModelCache(device: "cpu");

        Assert.Throws<ArgumentOutOfRangeException>(() => cache.TrimTo(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => cache.TrimTo(double.NaN));
    }

    [Fact]
    public void Contract_LetsThroughTheModelItDescribes()
    {
        var contract = new ModelContract([new("x", TensorElementType.Float, [1, -1])], [new("y", TensorElementType.Float, [1, -1])]);
        using var cache = new ModelCache(device: "cpu") { Contract = contract };

        using var model = cache.GetOrLoad(_loader, Model("a"), warmup: false);

        contract.Verify(model);
        Assert.True(cache.Put("a", model));
    }

    [Theory]
    [InlineData(new[] { 2, 3 }, 7)] // int64, fixed
    [InlineData(new[] { -1, -1, 4 }, 9)] // bool, open
    [InlineData(new[] { 1 }, 8)] // string: nothing to make up
    public void WarmUp_CopesWithShapesAndTypes(int[] dimensions, int elementType)
    {
        using var cache = new ModelCache(device: "cpu");

        using var model = cache.GetOrLoad(_loader, _folder.Write("typed.onnx", TinyModel.Identity(dimensions, elementType: elementType)), warmup: true);

        Assert.NotNull(model.Session);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void BudgetOutOfRange_IsRefused(double budget) => Assert.Throws<ArgumentOutOfRangeException>(() => new ModelCache(budget, "cpu"));

    private string Model(string name)
    {
        var path = _folder.PathOf($"{name}.onnx");
        return File.Exists(path) ? path : _folder.Write($"{name}.onnx", TinyModel.Identity(padding: 1, filler: name[0])); // each its own content, all of one size
    }

    private static ModelCache CacheOf(int models) => new(models * TinyModel.Identity(padding: 1).Length / GiB, "cpu");
}
