using System.Globalization;
using VoiceForge.Core;
using VoiceForge.Tests.Core;

namespace VoiceForge.Tests.FaultsOfModels;

/// <summary>What a model counts for against what the system says that the process holds.</summary>
[Collection(MemoryCollection.Name)]
public sealed class ModelWeightTests : IDisposable
{
    private const int WeightBytes = 64 << 20;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void LoadedModel_CountsForWhatItTakesAndGivesItBack()
    {
        if (NativeHeap.BytesInUse() is null)
            return; // this system does not say

        const double tolerance = 0.15 * WeightBytes;
        var path = _folder.Write("voice.onnx", TinyModel.Weighty(WeightBytes));
        using var cache = new ModelCache(device: "cpu");
        cache.GetOrLoad(new ModelLoader("cpu"), _folder.Write("first.onnx", TinyModel.Identity())).Dispose(); // what is made once for all models
        var before = NativeHeap.BytesInUse()!.Value;
        var residentBefore = Resident();

        cache.GetOrLoad(new ModelLoader("cpu"), path).Dispose();

        var counted = cache.GetStats().Bytes;
        Assert.InRange(counted, WeightBytes, WeightBytes + tolerance);
        Assert.InRange(NativeHeap.BytesInUse()!.Value - before, counted - tolerance, counted + tolerance);
        var taken = Resident() - residentBefore;
        Assert.True(taken >= 0.85 * counted, $"{taken} resident of {counted} counted");

        cache.TrimTo(0);
        Assert.InRange(NativeHeap.BytesInUse()!.Value - before, -tolerance, tolerance);
        Assert.True(Resident() - residentBefore <= taken - 0.85 * counted, $"{Resident() - residentBefore} resident after {taken}");
    }

    [Fact]
    public void F56_ThousandLoadsThatFail_LeakNothing()
    {
        if (NativeHeap.BytesInUse() is null)
            return; // this system does not say

        // A leak shows in every batch; what the runtime itself allocates now and then does not.
        const int batches = 5, loads = 200;
        const long mostPerLoad = 512;
        var loader = new ModelLoader("cpu");
        var path = _folder.Write("broken.onnx", TinyModel.With([], TinyModel.Text(4, "NoSuchOperator")));
        Fail(50);
        var growths = Enumerable.Range(0, batches).Select(_ =>
        {
            var before = NativeHeap.BytesInUse()!.Value;
            Fail(loads);
            return NativeHeap.BytesInUse()!.Value - before;
        }).ToList();

        Assert.True(growths.Min() < loads * mostPerLoad, string.Join(", ", growths));

        void Fail(int times)
        {
            for (var time = 0; time < times; time++)
                Assert.IsType<InvalidDataException>(Record.Exception(() => loader.LoadModel(path)));
        }
    }

    // What is not the file's: the array it was read into is garbage by now, but still there.
    private static long Resident()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var line = File.ReadLines("/proc/self/smaps_rollup").First(text => text.StartsWith("Anonymous:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }
}
