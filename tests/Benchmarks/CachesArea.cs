using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.ML.OnnxRuntime;
using VoiceForge.Audio;
using VoiceForge.Core;

namespace MigrationKit.Benchmarks;

/// <summary>The caches: against V1's loading on demand, against dictionaries, and against what the system says is resident.</summary>
internal static class CachesArea
{
    private const int Megabytes = 64;
    private const int SwitchRounds = 15;
    private const int Switches = 100;
    private const int EvictionRounds = 50;
    private const int SmallMegabytes = 16;

    public static IEnumerable<Claim> Run()
    {
        using var models = new CachesModel();
        string[] voices = [models.Write(Megabytes, seed: 1), models.Write(Megabytes, seed: 2)];
        yield return SwitchAgainstLoading(voices);
        yield return SwitchAgainstSession(voices);
        yield return SwitchAtTheOutput(voices);
        foreach (var claim in Lookups(voices))
            yield return claim;
        if (OperatingSystem.IsLinux())
        {
            foreach (var claim in Weights(models))
                yield return claim;
        }
    }

    private static Claim SwitchAgainstLoading(string[] voices)
    {
        var loader = new ModelLoader("cpu");
        using var cache = Filled(loader, voices);
        return Claim.AtLeast(
            $"From the request for another {Megabytes} MiB model to its first block: cached at least 10 × as fast as V1, which loads on demand", "× as fast",
            Alternate(voices, voice => FirstBlock(cache.GetOrLoad(loader, voice)), voice => FirstBlock(loader.LoadModel(voice))), 10);
    }

    private static Claim SwitchAgainstSession(string[] voices)
    {
        var loader = new ModelLoader("cpu");
        using var cache = Filled(loader, voices);
        var (input, output) = (new float[CachesModel.Block], new float[CachesModel.Block]);
        return Claim.AtLeast(
            "The same against ONNX Runtime alone, which reads the file without any of our checks: at least 10 ×", "× as fast",
            Alternate(
                voices, voice => FirstBlock(cache.GetOrLoad(loader, voice)),
                voice =>
                {
                    using var session = new InferenceSession(voice);
                    CachesModel.Run(session, input, output);
                }),
            10);
    }

    // The stream runs in real time: what is measured ends when the first block of the other model is ready for the device.
    private static Claim SwitchAtTheOutput(string[] voices)
    {
        var loader = new ModelLoader("cpu");
        using var cache = Filled(loader, voices);
        using var pool = new BufferPool(CachesModel.Block, 4);
        using var backend = new LoopbackBackend(realTime: true);
        using var stream = new AudioStreamV2(0, 0, pool, backend: backend);
        using var heard = new AutoResetEvent(false);
        var current = cache.GetOrLoad(loader, voices[0]);
        ModelData? last = null;
        var lastBlockAt = 0L;
        stream.SetProcessor((input, output) =>
        {
            var model = Volatile.Read(ref current);
            CachesModel.Run(model.Session, input, output);
            if (ReferenceEquals(model, last))
                return;

            last = model;
            lastBlockAt = Stopwatch.GetTimestamp();
            heard.Set();
        });
        if (!stream.Start())
            throw new InvalidOperationException(stream.LastError);
        heard.WaitOne();

        var milliseconds = new double[Switches];
        for (var count = 0; count < Switches; count++)
        {
            var start = Stopwatch.GetTimestamp();
            var before = Interlocked.Exchange(ref current, cache.GetOrLoad(loader, voices[(count + 1) % voices.Length]));
            heard.WaitOne();
            milliseconds[count] = Stopwatch.GetElapsedTime(start, lastBlockAt).TotalMilliseconds;
            before.Dispose(); // the audio thread has taken the other one
        }

        stream.Stop();
        current.Dispose();
        return Claim.AtMost(
            $"From the request for a cached model to its first output block in a running stream, 256 frames at 48 kHz: at most 15 ms (largest of {Switches}: " +
            $"{milliseconds.Max().ToString("0.0", CultureInfo.InvariantCulture)} ms)", "ms", Ratio.Of(milliseconds), 15);
    }

    private static IEnumerable<Claim> Lookups(string[] voices)
    {
        const string name = "alba";
        var loader = new ModelLoader("cpu");
        using var cache = new ModelCache(device: "cpu");
        using var model = loader.LoadModel(voices[0]);
        cache.Put(name, model);
        var leases = new ConcurrentDictionary<string, Counted>(StringComparer.Ordinal) { [name] = new Counted() };
        yield return Claim.AtMost(
            "ModelCache hit, handle given back: at most 3 × a ConcurrentDictionary whose values count their users", "× the time",
            Pairs.Cost(
                count =>
                {
                    while (count-- > 0)
                        cache.Get(name)!.Dispose();
                },
                count =>
                {
                    while (count-- > 0)
                        leases[name].Use().Dispose();
                }),
            3);

        var audio = new float[24_000];
        var features = new float[100];
        using var featureCache = new FeatureCache();
        var key = new FeatureKey("yin", 48000);
        featureCache.GetOrExtract(key, audio, _ => features);
        var dictionary = new ConcurrentDictionary<(FeatureKey, UInt128, UInt128), float[]>();
        dictionary[Hash(key, audio)] = features;
        yield return Claim.AtMost(
            "FeatureCache hit, half a second of audio: at most 3 × a ConcurrentDictionary by the SHA-256 of the same audio, copied out as well", "× the time",
            Pairs.Cost(
                count =>
                {
                    while (count-- > 0)
                        _ = featureCache.GetOrExtract(key, audio, _ => features);
                },
                count =>
                {
                    while (count-- > 0)
                        _ = dictionary[Hash(key, audio)].AsSpan().ToArray();
                }),
            3);
    }

    private static IEnumerable<Claim> Weights(CachesModel models)
    {
        const int count = 8;
        var loader = new ModelLoader("cpu");
        var paths = Enumerable.Range(1, count).Select(seed => models.Write(SmallMegabytes, seed)).ToArray();
        using (var warm = new ModelCache(device: "cpu"))
            warm.GetOrLoad(loader, paths[0]).Dispose(); // what is made once for all models

        var baseline = Resident();
        using var cache = new ModelCache(0.8 * count * SmallMegabytes / 1024, "cpu"); // room for six of eight
        var largest = 0.0;
        for (var round = 0; round < EvictionRounds; round++)
        {
            cache.GetOrLoad(loader, paths[round % count]).Dispose();
            largest = Math.Max(largest, (double)cache.GetStats().Bytes / cache.GetStats().BudgetBytes);
        }

        var taken = (double)(Resident() - baseline);
        var deviation = 100 * Math.Abs((cache.GetStats().Bytes / taken) - 1);
        yield return Claim.AtMost(
            $"After {EvictionRounds} loads of {SmallMegabytes} MiB models into room for six: what the cache counts ({Text(cache.GetStats().Bytes)}) within 15 % of what became resident ({Text(taken)})",
            "% apart", new Ratio(deviation, deviation, deviation, Control: null), 15);
        yield return Claim.AtMost("The same: counted never more than the budget", "of the budget", new Ratio(largest, largest, largest, Control: null), 1);

        cache.TrimTo(0);
        var left = 100 * (Resident() - baseline) / taken;
        yield return Claim.AtMost("The same, all evicted: at most 10 % of it still resident", "%", new Ratio(left, left, left, Control: null), 10);
    }

    private static ModelCache Filled(ModelLoader loader, string[] voices)
    {
        var cache = new ModelCache(device: "cpu");
        foreach (var voice in voices)
            cache.GetOrLoad(loader, voice).Dispose();
        return cache;
    }

    private static void FirstBlock(ModelData model)
    {
        using (model)
            CachesModel.Run(model.Session, new float[CachesModel.Block], new float[CachesModel.Block]);
    }

    /// <summary>How many times as fast ours is; each call switches to the other voice. The control is the peer against itself.</summary>
    private static Ratio Alternate(string[] voices, Action<string> ours, Action<string> peer)
    {
        var turn = 0;
        _ = Time(peer) + Time(ours);
        double[] ratios = new double[SwitchRounds], controls = new double[SwitchRounds];
        for (var round = 0; round < SwitchRounds; round++)
        {
            var (first, one) = (Time(peer), Time(ours));
            var (two, last) = (Time(ours), Time(peer));
            ratios[round] = (first + last) / (one + two);
            controls[round] = first / last;
        }

        return Ratio.Of(ratios, Ratio.MedianOf(controls));

        double Time(Action<string> work)
        {
            var start = Stopwatch.GetTimestamp();
            work(voices[turn++ % voices.Length]);
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
    }

    private static (FeatureKey, UInt128, UInt128) Hash(FeatureKey key, ReadOnlySpan<float> audio)
    {
        Span<UInt128> hash = stackalloc UInt128[2];
        SHA256.HashData(MemoryMarshal.AsBytes(audio), MemoryMarshal.AsBytes(hash));
        return (key, hash[0], hash[1]);
    }

    private static string Text(double bytes) => (bytes / (1 << 20)).ToString("0 MiB", CultureInfo.InvariantCulture);

    // Anonymous memory: the files themselves are in the page cache, and the arrays they were read into are garbage.
    private static long Resident()
    {
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var line = File.ReadLines("/proc/self/smaps_rollup").First(text => text.StartsWith("Anonymous:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }

    // What a cache of shared things cannot do without: who uses it is counted, and gives it back once.
    private sealed class Counted
    {
        private int _users;

        public Handle Use()
        {
            Interlocked.Increment(ref _users);
            return new Handle(this);
        }

        public sealed class Handle(Counted owner) : IDisposable
        {
            private int _disposed;

            public void Dispose()
            {
                if (Interlocked.Exchange(ref _disposed, 1) == 0)
                    Interlocked.Decrement(ref owner._users);
            }
        }
    }
}
