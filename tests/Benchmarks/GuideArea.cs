using System.Diagnostics;
using System.Globalization;
using VoiceForge;
using VoiceForge.Audio;
using VoiceForge.Core;

namespace MigrationKit.Benchmarks;

/// <summary>The table of the migration guide, "Performance Expectations", line by line: V1 and V2 in turn, in one process.</summary>
/// <remarks>The figure and its interval are V2's; V1's and the guide's stand in the text. Devices are simulated in real time.</remarks>
internal static class GuideArea
{
    private const int SampleRate = 48000;
    private const int Block = 256;
    private const int Rounds = 5;
    private const int ModelMegabytes = 64;
    private const int HitsPerLoad = 9; // a hit takes so little that one interruption by the system would be the figure
    private const double GiB = 1L << 30;

    // 1118 slots of ten seconds are the 2 GiB that the guide gives the audio buffers.
    private const string Config = "buffer_pool: {num_slots: 1118, slot_size_samples: 480000}\n";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static IEnumerable<Claim> Run()
    {
        var folder = Directory.CreateTempSubdirectory("migrationkit-guide-");
        var workingFolder = Environment.CurrentDirectory;
        Environment.CurrentDirectory = folder.FullName; // the application writes its logs there
        try
        {
            File.WriteAllText("config.yaml", Config);
            foreach (var claim in StartupAndMemory())
                yield return claim;
            yield return Latency();
            yield return Switch();
            foreach (var claim in Stability())
                yield return claim;
        }
        finally
        {
            Environment.CurrentDirectory = workingFolder;
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<Claim> StartupAndMemory()
    {
        double[] seconds = new double[Rounds], oldSeconds = new double[Rounds], memory = new double[Rounds], oldMemory = new double[Rounds];
        var config = VoiceForgeConfig.Load("config.yaml");
        for (var round = -1; round < Rounds; round++) // the first does not count: it compiles
        {
            Select("loopback");
            var (oldTime, oldBytes) = Measure(() =>
            {
                var app = new VoiceForgeApp();
                app.Initialize();
                app.StartGoldenPath();
                return app;
            });
            var (time, bytes) = Measure(() =>
            {
                var app = new VoiceForgeAppV2(config);
                return app.Initialize() && app.StartGoldenPath() ? app : throw new InvalidOperationException(app.LastError);
            });
            if (round >= 0)
                (seconds[round], oldSeconds[round], memory[round], oldMemory[round]) = (time, oldTime, bytes / GiB, oldBytes / GiB);
        }

        yield return Claim.AtMost(
            $"Startup to a running golden path, a pool of 2 GiB committed (guide: V1 2 s, V2 5 s; V1 here {Text(oldSeconds, "0.000")} s): at most 5 s", "s", Ratio.Of(seconds), 5);
        if (OperatingSystem.IsLinux())
        {
            yield return Claim.AtMost(
                $"Memory that became resident, empty caches (guide: V1 4–8 GB, V2 14–18 GB; V1 here {Text(oldMemory, "0.00")} GiB): the pool and 0.1 GiB at most",
                "GiB", Ratio.Of(memory), 2.1);
        }
    }

    private static (double Seconds, double Bytes) Measure(Func<IDisposable> startApplication)
    {
        var before = Resident();
        var start = Stopwatch.GetTimestamp();
        using var app = startApplication();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return (seconds, Resident() - before);
    }

    private static Claim Latency()
    {
        double[] latency = new double[Rounds], old = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            old[round] = ImpulseLatency(PlayOld);
            latency[round] = ImpulseLatency(PlayNew);
        }

        return Claim.AtMost(
            $"Latency, impulse to impulse and the two blocks that any stream has (guide: V1 18 ms, V2 12 to 15 ms; V1 here {Text(old, "0.0")} ms): at most 12 ms", "ms", Ratio.Of(latency), 12);
    }

    private static double ImpulseLatency(Action<string, string, Func<float[], float[]>> play)
    {
        const int impulseAt = SampleRate / 4;
        var input = new float[SampleRate];
        input[impulseAt] = 1;
        WavFile.Write("impulse.wav", input, SampleRate);
        play("impulse.wav", "heard.wav", block => block);
        var heard = Array.FindIndex(WavFile.Read("heard.wav", out _, out _), value => value > 0.5f);
        return heard < 0 ? throw new InvalidOperationException("The impulse was not played.") : (heard - impulseAt + (2 * Block)) * 1000.0 / SampleRate;
    }

    private static Claim Switch()
    {
        using var models = new CachesModel();
        string[] voices = [models.Write(ModelMegabytes, seed: 1), models.Write(ModelMegabytes, seed: 2)];
        var loader = new ModelLoader("cpu");
        using var cache = new ModelCache(device: "cpu");
        foreach (var voice in voices)
            cache.GetOrLoad(loader, voice).Dispose();

        double[] milliseconds = new double[Rounds * HitsPerLoad], old = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            old[round] = FirstBlock(() => loader.LoadModel(voices[round % 2]));
            for (var hit = 0; hit < HitsPerLoad; hit++)
                milliseconds[(round * HitsPerLoad) + hit] = FirstBlock(() => cache.GetOrLoad(loader, voices[hit % 2]));
        }

        return Claim.AtMost(
            $"Switch to another model of {ModelMegabytes} MiB, to its first block (guide: V1 500 ms, V2 15 ms; V1 here {Text(old, "0.0")} ms): at most 15 ms", "ms", Ratio.Of(milliseconds), 15);
    }

    private static double FirstBlock(Func<ModelData> load)
    {
        var start = Stopwatch.GetTimestamp();
        using var model = load();
        CachesModel.Run(model.Session, new float[CachesModel.Block], new float[CachesModel.Block]);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private static IEnumerable<Claim> Stability()
    {
        yield return Share("Blocks heard as they should be, no faults (guide: V1 99 %, V2 99.9 %", faultAt: null, limit: 99.9);
        yield return Share("The same when the processing throws once after a second (guide: V1 99 %, V2 99.9 %", faultAt: SampleRate, limit: 99);
    }

    private static Claim Share(string text, int? faultAt, double limit)
    {
        const int rounds = 2, secondsOfAudio = 4;
        const float level = 0.5f;
        var input = new float[secondsOfAudio * SampleRate];
        Array.Fill(input, level);
        WavFile.Write("steady.wav", input, SampleRate);
        double[] shares = new double[rounds], old = new double[rounds];
        for (var round = 0; round < rounds; round++)
        {
            old[round] = Heard(PlayOld);
            shares[round] = Heard(PlayNew);
        }

        return Claim.AtLeast(string.Create(CultureInfo.InvariantCulture, $"{text}; V1 here {Text(old, "0.0")} %): at least {limit} %"), "%", Ratio.Of(shares), limit);

        double Heard(Action<string, string, Func<float[], float[]>> play)
        {
            var processed = 0;
            play("steady.wav", "heard.wav", block =>
            {
                processed += block.Length;
                return processed - block.Length < faultAt && faultAt <= processed ? throw new InvalidOperationException("the injected fault") : block;
            });
            var blocks = WavFile.Read("heard.wav", out _, out _).Chunk(Block).ToList();
            return 100.0 * blocks.Count(block => block[^1] == level) / (input.Length / Block); // a fade is over by the end of its block
        }
    }

    private static void PlayOld(string input, string output, Func<float[], float[]> process)
    {
        Select("wav", Path.GetFullPath(input), Path.GetFullPath(output));
        using var stream = new AudioStream(-1, -1, SampleRate, Block);
        stream.SetProcessingCallback(process);
        stream.Start();
        SpinWait.SpinUntil(() => !stream.IsRunning, Patience);
        stream.Stop();
    }

    private static void PlayNew(string input, string output, Func<float[], float[]> process)
    {
        using var pool = new BufferPool(Block, 4);
        using var backend = new WavBackend(input, output);
        using var stream = new AudioStreamV2(-1, -1, pool, SampleRate, Block, backend);
        stream.SetProcessingCallback(process);
        if (!stream.Start())
            throw new InvalidOperationException(stream.LastError);
        SpinWait.SpinUntil(() => !stream.IsRunning, Patience);
        stream.Stop();
    }

    private static void Select(string backend, string? input = null, string? output = null)
    {
        Environment.SetEnvironmentVariable("VOICEFORGE_BACKEND", backend);
        Environment.SetEnvironmentVariable("VOICEFORGE_INPUT", input);
        Environment.SetEnvironmentVariable("VOICEFORGE_OUTPUT", output);
    }

    private static string Text(double[] values, string format) => Ratio.MedianOf(values).ToString(format, CultureInfo.InvariantCulture);

    private static double Resident()
    {
        if (!OperatingSystem.IsLinux())
            return 0;

        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers(); // a disposed pool's memory
        var line = File.ReadLines("/proc/self/smaps_rollup").First(text => text.StartsWith("Anonymous:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }
}
