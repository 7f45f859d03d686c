#nullable enable
using System;
using MigrationKit.Generated.Running;

[assembly: System.Reflection.AssemblyVersion("99.0.0.0")]

namespace VoiceForge.Audio
{
    public class RingBuffer
    {
        public RingBuffer(int capacitySamples, int channels = 1)
        {
            (CapacitySamples, Channels) = (Math.Min(capacitySamples, 48000), channels);
            Recording.Add($"ring new {CapacitySamples} {channels}");
        }

        public int CapacitySamples { get; }

        public int Channels { get; }

        public int Available => 256;

        public void Write(float[] audio) => Recording.Add($"ring write {Ring.Length(audio)}");

        public float[] Read(int count) => Ring.Read(count);

        public void Clear() => Recording.Add("ring clear");
    }

    public sealed class TripleBuffer
    {
        private int _written = 256;

        public TripleBuffer(int bufferSize, int channels = 1)
        {
            (BufferSize, Channels) = (Math.Min(bufferSize, 48000), channels);
            Recording.Add($"ring new {BufferSize} {channels}");
        }

        public int BufferSize { get; }

        public int Channels { get; }

        public bool Write(float[] audio)
        {
            Recording.Add($"ring write {Ring.Length(audio)}");
            _written = audio.Length;
            return true;
        }

        public float[]? Read()
        {
            if (Recording.Mode != RunMode.NothingToRead)
                return Ring.Read(_written);
            Recording.Add("ring read");
            return null;
        }

        public void Clear() => Recording.Add("ring clear");
    }

    public sealed class SampleQueue
    {
        public SampleQueue(int capacitySamples, int channels = 1)
        {
            (CapacitySamples, Channels) = (Math.Min(capacitySamples, 48000), channels);
            Recording.Add($"ring new {CapacitySamples} {channels}");
        }

        public int CapacitySamples { get; }

        public int Channels { get; }

        public int Available => 256;

        public void Write(float[] audio) => Recording.Add($"ring write {Ring.Length(audio)}");

        public float[] Read(int count) => Ring.Read(count);

        public void Clear() => Recording.Add("ring clear");
    }

    internal static class Ring
    {
        public static string Length(float[] audio) => audio.Length > 0 && audio[0] == Log.RingSample ? "a ring block" : $"{audio.Length}";

        public static float[] Read(int count)
        {
            Recording.Add("ring read");
            var block = new float[count];
            if (count > 0)
                block[0] = Log.RingSample;
            return block;
        }
    }

    public sealed class BufferPool : IDisposable
    {
        public BufferPool(int slotSizeSamples = 480000, int numSlots = 100, int channels = 1)
        {
        }

        internal bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }

    public interface IAudioBackend
    {
    }

    public sealed class AudioStreamOptions
    {
    }

    public class AudioStream : IDisposable
    {
        private readonly StreamLog _log;

        public AudioStream(int inputDeviceIndex, int outputDeviceIndex, int sampleRate = 48000, int bufferSize = 256) =>
            _log = new StreamLog(inputDeviceIndex, outputDeviceIndex, sampleRate, bufferSize, null);

        public bool IsRunning => _log.IsRunning;

        public virtual void SetProcessingCallback(Func<float[], float[]>? callback) => _log.SetCallback(callback);

        public virtual void Start()
        {
            if (!_log.Start())
                throw new InvalidOperationException("V1 failed to start.");
        }

        public virtual void Stop() => _log.Stop();

        public void Dispose() => _log.Dispose();
    }

    public class AudioStreamV2 : IDisposable
    {
        private readonly StreamLog _log;

        public AudioStreamV2(int inputDeviceIndex, int outputDeviceIndex, BufferPool bufferPool, int sampleRate = 48000, int bufferSize = 256, IAudioBackend? backend = null, AudioStreamOptions? options = null) =>
            _log = new StreamLog(inputDeviceIndex, outputDeviceIndex, sampleRate, bufferSize, bufferPool ?? throw new ArgumentNullException(nameof(bufferPool)));

        public bool IsRunning => _log.IsRunning;

        public virtual void SetProcessingCallback(Func<float[], float[]>? callback) => _log.SetCallback(callback);

        public virtual bool Start() => _log.Start();

        public virtual void Stop() => _log.Stop();

        public void Dispose() => _log.Dispose();
    }

    internal sealed class StreamLog
    {
        private readonly BufferPool? _pool;
        private Func<float[], float[]>? _callback;
        private bool _isDisposed;

        public StreamLog(int input, int output, int sampleRate, int bufferSize, BufferPool? pool)
        {
            _pool = pool;
            Add($"new {input} {output} {sampleRate} {bufferSize}");
        }

        public bool IsRunning { get; private set; }

        public void SetCallback(Func<float[], float[]>? callback)
        {
            Add(callback is null ? "no callback" : "callback");
            _callback = callback;
        }

        public bool Start()
        {
            Add("start");
            if (Recording.Mode == RunMode.StartFails)
                return false;
            if (_callback is not null)
                Recording.Add($"stream block {_callback(new float[4]).Length}");
            return IsRunning = true;
        }

        public void Stop()
        {
            Add("stop");
            IsRunning = false;
        }

        public void Dispose()
        {
            Add("dispose");
            IsRunning = false;
            _isDisposed = true;
        }

        private void Add(string entry) => Recording.Add("stream " + entry + (_pool is { IsDisposed: true } && !_isDisposed ? ", and its pool is disposed already" : ""));
    }
}

namespace VoiceForge.Core
{
    public class ModelLoader
    {
        public ModelLoader(string device = "cuda")
        {
            Device = device;
            Recording.Add("loader new " + device);
        }

        public string Device { get; }

        public ModelData LoadModel(string pthPath, string? indexPath = null)
        {
            Recording.Add($"load {Device} {pthPath} {indexPath}");
            return new ModelData(pthPath);
        }
    }

    public sealed class ModelData : IDisposable
    {
        internal ModelData(string path) => Path = path;

        public string Path { get; }

        public void Dispose() => Recording.Add("model dispose");

        public override string ToString() => "model " + Path;
    }

    public sealed class ModelCache : IDisposable
    {
        public ModelCache(double maxCacheSizeGb = 8.0, string device = "cuda")
        {
        }

        public ModelData GetOrLoad(ModelLoader loader, string pthPath, string? indexPath = null, bool warmup = true) => loader.LoadModel(pthPath, indexPath);

        public void Dispose()
        {
        }
    }
}

namespace VoiceForge
{
    public class VoiceForgeApp : IDisposable
    {
        public VoiceForgeApp() => Recording.Add("app new");

        public void Initialize() => Require("app initialize");

        public void StartGoldenPath() => Require("app start");

        public void Stop() => Recording.Add("app stop");

        public void Dispose() => Recording.Add("app dispose");

        private static void Require(string entry)
        {
            Recording.Add(entry);
            if (Recording.Mode == RunMode.StartFails)
                throw new InvalidOperationException("V1 failed to start.");
        }
    }

    public sealed class VoiceForgeAppV2 : IDisposable
    {
        public VoiceForgeAppV2() => Recording.Add("app new");

        public bool Initialize() => Try("app initialize");

        public bool StartGoldenPath() => Try("app start");

        public void Stop() => Recording.Add("app stop");

        public void Dispose() => Recording.Add("app dispose");

        private static bool Try(string entry)
        {
            Recording.Add(entry);
            return Recording.Mode != RunMode.StartFails;
        }
    }

    public sealed class VoiceForgeConfig
    {
        public AudioConfig Audio { get; } = new();

        public ResourcesConfig Resources { get; } = new();

        public static VoiceForgeConfig Load(string path = "config.yaml") => new();
    }

    public sealed class AudioConfig
    {
        public int SampleRate => 48000;

        public int BufferSize => 256;
    }

    public sealed class ResourcesConfig
    {
        public AllocationConfig Allocation { get; } = new();
    }

    public sealed class AllocationConfig
    {
        public double ModelCacheGb => 8;

        public double FeatureCacheGb => 4;
    }
}
