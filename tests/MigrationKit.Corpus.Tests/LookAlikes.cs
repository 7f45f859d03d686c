namespace MigrationKit.Corpus.Tests;

/// <summary>Files that import the libraries and yet mean types of their own: every name the rules know stands there for something else.</summary>
/// <remarks>Only bodies of methods change, so that the namespace and the aliases which hide the libraries' types stay, however broken the rest becomes.</remarks>
internal static class LookAlikes
{
    private const int MutantsOfEach = 30;

    /// <summary>The user's own types, which stand beside every batch unchanged.</summary>
    public static CorpusFile Declarations { get; } = new("look-alike declarations", """
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;

        namespace Own
        {
            public class RingBuffer(int capacitySamples, int channels = 1)
            {
                public int Available => capacitySamples;
                public int CapacitySamples => channels;
                public float[] Read(int count) => new float[count];
                public void Write(float[] audio) { }
                public void Clear() { }
            }
            public class TripleBuffer(int bufferSize) { public float[]? Read() => null; public bool Write(float[] audio) => bufferSize > 0; }
            public class SampleQueue(int size) { public int Read(float[] audio) => size; }
            public class AudioStream(int inputDeviceIndex = 0, int outputDeviceIndex = 1) : IAudioStream
            {
                public static AudioStream Shared = new(0, 1);
                public bool Start() => inputDeviceIndex < outputDeviceIndex;
                public void Stop() { }
                public void SetProcessingCallback(Func<float[], float[]?> callback) { }
                public void Dispose() { }
            }
            public class AudioStreamV2(int bufferPool = 0) : AudioStream(bufferPool, 1);
            public interface IAudioStream : IDisposable { bool Start(); void Stop(); }
            public class VoiceForgeApp { public bool Initialize() => true; public bool StartGoldenPath() => true; public void Stop() { } }
            public class VoiceForgeAppV2 : VoiceForgeApp;
            public class BufferPool(int slots) { public Lease Acquire() => new(); public bool TryAcquire(out Lease lease) { lease = new(); return slots > 0; } public void Release(Lease lease) { } }
            public struct Lease;
            public class ModelLoader(string device = "") { public ModelData LoadModel(string pthPath, string? indexPath = null) => new(pthPath + device); }
            public class ModelCache { public ModelData GetOrLoad(ModelLoader loader, string path) => loader.LoadModel(path); }
            public record ModelData(string Path);
            public class TtsModel(string variant = "", double temp = 0, int steps = 1, double eos = 0)
            {
                public static TtsModel LoadModel(string variant = "", double temp = 0, int steps = 1, double eos = 0) => new(variant, temp, steps, eos);
                public object LoadVoice(string voice) => voice + variant + temp + steps + eos;
                public float[] Generate(object voiceState, string text) => [];
                public IEnumerable<float[]> Stream(object voiceState, string text) => [];
            }
            public abstract class Services
            {
                protected static IEnumerable<int> Generate(int steps, double eos = 0) => [steps, (int)eos];
                protected static void Stream(string path, int steps = 1) { }
                protected static object LoadVoice(string voice) => voice;
                protected static T LoadModel<T>(int steps = 1) => default!;
                protected static bool Start() => false;
                protected static float[] Read() => [];
                protected static void AddSingleton<T>() { }
            }
        }
        """);

    public static IReadOnlyList<CorpusFile> Unchanged { get; } =
        [.. Headers.SelectMany((header, place) => Bodies.Select((body, index) => new CorpusFile($"look-alike {place}.{index}", header + Class($"C{place}_{index}", body))))];

    public static IReadOnlyList<CorpusFile> Mutants { get; } = [.. Unchanged.SelectMany(Mutate)];

    private static IEnumerable<CorpusFile> Mutate(CorpusFile file)
    {
        var body = file.Bodies.Single();
        return Enumerable.Range(1, MutantsOfEach).Select(seed => Mutation.Apply(file, seed, body));
    }

    private static string Class(string name, string body) =>
        $$"""
        partial class {{name}}(RingBuffer ring, AudioStream? stream, VoiceForgeApp app, ModelLoader loader, TtsModel model, BufferPool pool, dynamic anything) : Services
        {
            private readonly RingBuffer _ring = new(480000, 1);
            private IAudioStream _kept = new AudioStream(0, 1);

            async Task<object?> M(string text, int count, object voice)
            {
                {{body}}
                await Task.Yield();
                return null;
            }
        }
        """;

    private static IEnumerable<string> Headers =>
    [
        // A type of the namespace comes before any import.
        """
        using System; using System.IO; using System.Linq; using System.Threading.Tasks;
        using PocketTts; using VoiceForge; using VoiceForge.Audio; using VoiceForge.Core;
        namespace Own;

        """,
        // So does an alias.
        """
        using System; using System.IO; using System.Linq; using System.Threading.Tasks;
        using PocketTts; using VoiceForge; using VoiceForge.Audio; using VoiceForge.Core;
        using RingBuffer = Own.RingBuffer; using TripleBuffer = Own.TripleBuffer; using SampleQueue = Own.SampleQueue; using AudioStream = Own.AudioStream;
        using AudioStreamV2 = Own.AudioStreamV2; using IAudioStream = Own.IAudioStream; using VoiceForgeApp = Own.VoiceForgeApp; using VoiceForgeAppV2 = Own.VoiceForgeAppV2;
        using BufferPool = Own.BufferPool; using ModelLoader = Own.ModelLoader; using ModelCache = Own.ModelCache; using ModelData = Own.ModelData;
        using TtsModel = Own.TtsModel; using Services = Own.Services;
        namespace Third;

        """,
        // Nothing of the libraries is imported here, so that names which bind to nothing mean nothing.
        """
        using System; using System.IO; using System.Linq; using System.Threading.Tasks;
        using Unknown.Vendor.Audio;
        namespace Fourth;

        """,
    ];

    private static IEnumerable<string> Bodies =>
    [
        """
        var local = new RingBuffer(capacitySamples: 48000, channels: 2);
                RingBuffer typed = new(4096);
                local.Write(new float[count]);
                while (local.Available > 0) { var block = local.Read(480); ring.Write(block); Console.WriteLine(block.Length); }
                _ring.Clear();
                typed?.Read(local.CapacitySamples);
        """,
        """
        using var own = new AudioStream(inputDeviceIndex: 0);
                own.Start();
                stream?.Start();
                _kept.Start();
                own.SetProcessingCallback(block => block.Length > count ? null : block);
                own.Stop(); own.Start();
                AudioStream.Shared.Start();
                Start();
        """,
        """
        app.Initialize();
                if (count > 1) app.StartGoldenPath(); else new VoiceForgeApp().Initialize();
                var next = new VoiceForgeAppV2(); next.Initialize(); next.Stop(); next.StartGoldenPath();
                anything.Initialize(); anything.Start(); anything.Generate(steps: 1, eos: 2);
        """,
        """
        var own = new TtsModel("v", 0.7, steps: 4, eos: -4.0);
                TtsModel other = new(steps: 1);
                var loaded = TtsModel.LoadModel("v", 0.7, 1, -4.0) ?? TtsModel.LoadModel(steps: 2, eos: -3);
                var said = own.Generate(own.LoadVoice("alba"), text);
                foreach (var chunk in other.Stream(voice, text)) Console.WriteLine(chunk.Length + said.Length);
                Func<object, string, float[]> group = model.Generate;
                Console.WriteLine(nameof(TtsModel.Generate) + nameof(model.Stream) + typeof(TtsModel).GetMethod("Generate") + Activator.CreateInstance<TtsModel>());
        """,
        """
        try { model.Generate(voice, text); }
                catch (MissingMethodException) { model.LoadVoice(text); }
                var data = loader.LoadModel("a.pth") ?? new ModelLoader("cuda").LoadModel(indexPath: null, pthPath: $"{text}");
                Console.WriteLine(data.Path + new ModelCache().GetOrLoad(loader, text).Path);
        """,
        """
        var lease = pool.Acquire();
                pool.TryAcquire(out var second);
                pool.Release(lease);
                var triple = new TripleBuffer(480);
                Console.WriteLine(triple.Read()!.Length + triple.Read()!.Max());
                Console.WriteLine(new SampleQueue(4).Read(new float[4]));
        """,
        """
        foreach (var item in Generate(steps: 3, eos: 1)) Stream("a.wav", steps: item);
                LoadVoice(voice: text); LoadModel<TtsModel>(steps: 4); AddSingleton<TtsModel>();
                using Stream file = File.OpenRead(text); using Stream memory = new MemoryStream();
                file.Write(new byte[4]); file.Read(new byte[4]); memory.CopyTo(file);
                var pipe = new System.IO.Pipes.NamedPipeServerStream(text); pipe.Read(new byte[1]);
                System.Diagnostics.Process.Start(text); new System.Threading.Thread(() => Read()).Start();
                var watch = new System.Diagnostics.Stopwatch(); watch.Start(); watch.Stop(); watch.Start();
        """,
        """
        Undeclared.Generate(steps: 1); undeclared.Stream(voice, text); undeclared?.LoadVoice(text).Generate(text, text);
                var unknown = new Unknown.RingBuffer(480); unknown.Read(4); unknown.Start(); unknown.Initialize(); unknown.LoadModel(steps: 4);
                unknown.Acquire(); unknown.TryAcquire(out var lease); unknown.SetProcessingCallback(block => null);
                await undeclared.GenerateAsync(steps: 4); Missing.TtsModel.LoadModel(steps: 4); new Missing.TtsModel(steps: 4);
        """,
    ];
}
