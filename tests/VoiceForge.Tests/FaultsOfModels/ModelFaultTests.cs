using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using VoiceForge.Core;
using VoiceForge.Tests.Core;

namespace VoiceForge.Tests.FaultsOfModels;

/// <summary>Faults 48 to 57 of docs/faults.md.</summary>
public sealed class ModelFaultTests : IDisposable
{
    private const double GiB = 1L << 30;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new();
    private readonly ModelLoader _loader = new("cpu") { HeapInUse = () => null }; // models weigh what their files do

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void F48_TruncatedFile_IsRefusedAndLeavesNoTrace()
    {
        using var cache = new ModelCache(device: "cpu");
        var whole = TinyModel.Identity(padding: 200);
        for (var length = 1; length < whole.Length; length += 5)
        {
            var path = _folder.Write("cut.onnx", whole[..length]);
            Assert.IsType<InvalidDataException>(Record.Exception(() => cache.GetOrLoad(_loader, path)));
        }

        Assert.Equal((0, 0L, 0L), (cache.GetStats().Entries, cache.GetStats().Bytes, cache.GetStats().Loads));
        Assert.Null(cache.FindFault());
    }

    [Fact]
    public void F49_AnyFlippedBit_IsRefusedByTheListOfHashes()
    {
        var whole = TinyModel.Identity();
        _folder.Write("SHA256SUMS", $"{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(whole))}  voice.onnx\n");
        _loader.LoadModel(_folder.Write("voice.onnx", whole)).Dispose();
        for (var bit = 0; bit < 8 * whole.Length; bit++)
        {
            var damaged = whole.ToArray();
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            var path = _folder.Write("voice.onnx", damaged);
            Assert.IsType<InvalidDataException>(Record.Exception(() => _loader.LoadModel(path)));
        }
    }

    public static TheoryData<string, ModelContract> OtherContracts()
    {
        ModelPort x = new("x", TensorElementType.Float, [1, -1]), y = new("y", TensorElementType.Float, [1, -1]);
        return new()
        {
            { "no input 'audio'", new([x with { Name = "audio" }], [y]) },
            { "no output 'voice'", new([x], [y with { Name = "voice" }]) },
            { "input 'x' is Float, expected Int64", new([x with { ElementType = TensorElementType.Int64 }], [y]) },
            { "output 'y' has the shape [1, open], expected [open]", new([x], [y with { Shape = [-1] }]) },
            { "input 'x' has the shape [1, open], expected [open, open]", new([x with { Shape = [-1, -1] }], [y]) },
            { "an input 'x' that the program does not know", new([], [y]) },
        };
    }

    [Theory]
    [MemberData(nameof(OtherContracts))]
    public void F50_ModelOfAnotherShape_IsRefusedBeforeItRuns(string named, ModelContract contract)
    {
        using var cache = new ModelCache(device: "cpu") { Contract = contract };
        var path = _folder.Write("voice.onnx", TinyModel.Identity());

        Assert.Contains(named, Assert.Throws<InvalidDataException>(() => cache.GetOrLoad(_loader, path)).Message, StringComparison.Ordinal);

        using var model = _loader.LoadModel(path);
        Assert.Contains(named, Assert.Throws<InvalidDataException>(() => cache.Put("voice", model)).Message, StringComparison.Ordinal);
        Assert.Equal((0, 0L), (cache.GetStats().Entries, cache.GetStats().Bytes));
    }

    [Theory]
    [InlineData("Log", -1, "not finite")] // of silence: minus infinity
    [InlineData("Identity", 100, "has the shape [1, 1], expected [1, 100]")]
    public void F51_ModelThatFailsItsWarmUp_IsNeverSwitchedIn(string operation, int size, string named)
    {
        var contract = new ModelContract([new("x", TensorElementType.Float, [1, -1])], [new("y", TensorElementType.Float, [1, size])]);
        using var cache = new ModelCache(device: "cpu") { Contract = contract };
        var path = _folder.Write("voice.onnx", TinyModel.Identity(operation: operation));

        Assert.Contains(named, Assert.Throws<InvalidDataException>(() => cache.GetOrLoad(_loader, path)).Message, StringComparison.Ordinal);
        Assert.Equal((0, 0L), (cache.GetStats().Entries, cache.GetStats().Bytes));
    }

    [Fact]
    public async Task F52_ManyLoadsAtOnce_NeverCountOnTheSameRoom()
    {
        const int models = 12;
        var paths = Enumerable.Range(0, models).Select(number => _folder.Write($"{number}.onnx", TinyModel.Identity(padding: 500, filler: (char)('a' + number)))).ToArray();
        using var cache = new ModelCache(3.5 * new FileInfo(paths[0]).Length / GiB, "cpu");
        using var over = new CancellationTokenSource();
        var largest = 0L;
        var watcher = Task.Factory.StartNew(
            () =>
            {
                while (!over.IsCancellationRequested)
                    largest = Math.Max(largest, cache.GetStats().Bytes);
            },
            TaskCreationOptions.LongRunning);

        await Task.WhenAll(paths.Select(path => Task.Run(() => cache.GetOrLoad(_loader, path).Dispose()))).WaitAsync(Limit);
        await over.CancelAsync();
        await watcher.WaitAsync(Limit);

        Assert.InRange(largest, 0, cache.GetStats().BudgetBytes);
        Assert.Equal(models, cache.GetStats().Loads);
        Assert.Null(cache.FindFault());
    }

    [Fact]
    public void F52_ModelLargerThanTheBudget_IsServedButNotCounted()
    {
        var path = _folder.Write("large.onnx", TinyModel.Identity(padding: 5000));
        using var cache = new ModelCache(1000 / GiB, "cpu");

        using var model = cache.GetOrLoad(_loader, path);

        Assert.Equal((0, 0L), (cache.GetStats().Entries, cache.GetStats().Bytes));
    }

    [Fact]
    public async Task F53_SixtyFourRequestsOfALoadThatFailsOnce_LoadOnceMore()
    {
        const int callers = 64;
        using var cache = new ModelCache(device: "cpu");
        var path = _folder.Write("voice.onnx", TinyModel.Identity());
        var place = ModelPlace.Of(path, null, "cpu");
        using var release = new ManualResetEventSlim();
        var loads = 0;

        // Whoever fails asks again: all of them must end with the one model.
        var tasks = Enumerable.Range(0, callers).Select(_ => Task.Factory.StartNew(Ask, TaskCreationOptions.LongRunning)).ToArray();
        SpinWait.SpinUntil(() => cache.GetStats() is { Hits: callers - 1, Misses: 1 }, Limit);
        release.Set();
        var models = await Task.WhenAll(tasks).WaitAsync(Limit);

        Assert.Equal(2, loads);
        Assert.Single(models.Select(model => model.Session).Distinct());
        foreach (var model in models)
            model.Dispose();

        ModelData Ask()
        {
            try
            {
                return cache.GetOrLoadCore(place, FileStamp.Of(path), () => ModelFile.Read(path, null), LoadOrFail);
            }
            catch (IOException)
            {
                return cache.GetOrLoadCore(place, FileStamp.Of(path), () => ModelFile.Read(path, null), LoadOrFail);
            }
        }

        ModelData LoadOrFail(ModelFile file)
        {
            release.Wait(Limit);
            return Interlocked.Increment(ref loads) == 1 ? throw new IOException("the drive was busy") : _loader.Load(file, warmup: false, contract: null);
        }
    }

    [Fact]
    public void F54_ModelDroppedInUse_RunsUntilItsLastHandleIsGone()
    {
        var cache = new ModelCache(device: "cpu");
        var used = cache.GetOrLoad(_loader, _folder.Write("voice.onnx", TinyModel.Identity()));

        cache.Dispose();

        using (var results = used.Session.Run([NamedOnnxValue.CreateFromTensor("x", new DenseTensor<float>(new float[] { 5 }, [1, 1]))]))
            Assert.Equal(5, results[0].AsTensor<float>().Single());
        Assert.False(used.Model.IsDisposed);
        var shared = used.Model;
        used.Dispose();
        Assert.True(shared.IsDisposed);
    }

    [Fact]
    public void F57_FileReplacedWhileCached_IsAnotherModelAndTheOldHandleStays()
    {
        using var cache = new ModelCache(device: "cpu");
        var path = _folder.Write("voice.onnx", TinyModel.Identity(padding: 1));
        using var old = cache.GetOrLoad(_loader, path);

        File.Move(_folder.Write("new.onnx", TinyModel.Identity(padding: 2)), path, overwrite: true);
        using var renewed = cache.GetOrLoad(_loader, path);

        Assert.NotSame(old.Session, renewed.Session);
        Assert.False(old.Model.IsDisposed);
    }

    [Fact]
    public void F57_FileReplacedWhileItLoads_IsReadAgainAtTheNextRequest()
    {
        using var cache = new ModelCache(device: "cpu");
        var path = _folder.Write("voice.onnx", TinyModel.Identity(padding: 1));
        using var first = cache.GetOrLoadCore(ModelPlace.Of(path, null, "cpu"), FileStamp.Of(path), () => ModelFile.Read(path, null), file =>
        {
            File.WriteAllBytes(path, TinyModel.Identity(padding: 2));
            return _loader.Load(file, warmup: false, contract: null);
        });

        using var second = cache.GetOrLoad(_loader, path);

        Assert.Equal((TinyModel.Identity(padding: 1).Length, TinyModel.Identity(padding: 2).Length), (first.Bytes, second.Bytes));
    }

    [Fact]
    public void F57_CopyOrTouchedFile_IsTheSameModel()
    {
        using var cache = new ModelCache(device: "cpu");
        var path = _folder.Write("voice.onnx", TinyModel.Identity());
        using var first = cache.GetOrLoad(_loader, path);

        using var copy = cache.GetOrLoad(_loader, _folder.Write("copy.onnx", TinyModel.Identity()));
        File.SetLastWriteTimeUtc(path, new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        using var touched = cache.GetOrLoad(_loader, path);

        Assert.Same(first.Session, copy.Session);
        Assert.Same(first.Session, touched.Session);
        Assert.Equal((1L, 1), (cache.GetStats().Loads, cache.GetStats().Entries));
    }
}
