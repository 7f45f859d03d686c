using VoiceForge.Audio;

namespace VoiceForge.Tests.Faults;

/// <summary>A live device in virtual time with a stream on it. Whatever is injected, each block played is checked: complete, finite, within ±1.</summary>
internal sealed class FaultRig : IAudioBackend, IAudioDeviceStream
{
    public const int BufferSize = 256;
    public const int SampleRate = 48000;
    public const int RecoveryBlocks = 2 * SampleRate / BufferSize; // two seconds
    public static readonly TimeSpan BlockTime = TimeSpan.FromSeconds((double)BufferSize / SampleRate);
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private AudioCallback? _callback;
    private int _blocks;
    private int _opened;

    public FaultRig(AudioStreamOptions? options = null, int channels = 1, int input = -1, int output = -1, bool isLive = true)
    {
        IsLive = isLive;
        Pool = new BufferPool(BufferSize, 4, channels);
        Stream = new AudioStreamV2(input, output, Pool, SampleRate, BufferSize, this, options, Time);
    }

    public StreamTime Time { get; } = new();

    public BufferPool Pool { get; }

    public AudioStreamV2 Stream { get; }

    public bool IsLive { get; }

    public int Opened => Volatile.Read(ref _opened);

    public int Closed { get; private set; }

    /// <summary>Called at the begin of each opening.</summary>
    public Action? Opening { get; set; }

    /// <summary>Called when the device is started.</summary>
    public Action? Starting { get; set; }

    /// <summary>Called when the device is stopped.</summary>
    public Action? Stopping { get; set; }

    public IReadOnlyList<AudioDevice> Devices { get; } =
    [
        new AudioDevice(0, "microphone", 1, 0, IsDefaultInput: true, IsDefaultOutput: false),
        new AudioDevice(7, "speaker", 0, 2, IsDefaultInput: false, IsDefaultOutput: true),
    ];

    public IAudioDeviceStream Open(AudioStreamFormat format, AudioCallback callback)
    {
        Interlocked.Increment(ref _opened);
        Opening?.Invoke();
        AudioDeviceChoice.Find(Devices, format.InputDeviceIndex, format.Channels, isInput: true);
        AudioDeviceChoice.Find(Devices, format.OutputDeviceIndex, format.Channels, isInput: false);
        _callback = callback;
        return this;
    }

    void IAudioDeviceStream.Start() => Starting?.Invoke();

    void IAudioDeviceStream.Stop() => Stopping?.Invoke();

    void IDisposable.Dispose() => Closed++;

    public FaultRig Start()
    {
        Assert.True(Stream.Start(), Stream.LastError);
        return this;
    }

    /// <summary>Ends the run; each block that the device asked for has been delivered and counted.</summary>
    public void End()
    {
        Stream.Dispose();
        Assert.Equal(_blocks, Stream.GetStats().Callbacks);
        Assert.Equal(0, Pool.GetUsageStats().InUse);
        Assert.Empty(Pool.ValidateIntegrity().Problems);
        Pool.Dispose();
    }

    /// <summary>One block of one value, in time.</summary>
    public float[] Play(float value = 0.5f)
    {
        var block = new float[BufferSize * Pool.Channels];
        Array.Fill(block, value);
        return Play(block);
    }

    public float[] Play(float[] input, AudioCallbackFlags flags = AudioCallbackFlags.None) => Play(input, new float[BufferSize * Pool.Channels], flags, BlockTime);

    public float[] Play(float[] input, float[] output, AudioCallbackFlags flags, TimeSpan period)
    {
        Time.Advance(period);
        _blocks++;
        Array.Fill(output, float.NaN); // what is not written is seen
        _callback!(input, output, flags);
        Assert.All(output, sample => Assert.InRange(sample, -1, 1)); // NaN is in no range
        return output;
    }

    /// <summary>So many blocks, one after the other.</summary>
    public float[] PlayMany(int blocks, float value = 0.5f) => [.. Enumerable.Range(0, blocks).SelectMany(_ => Play(value))];

    /// <summary>Waits for a state that the monitor brings about.</summary>
    public void Await(StreamState state) => Assert.True(SpinWait.SpinUntil(() => Stream.State == state, Limit), $"{Stream.State} instead of {state}: {Stream.LastError}");

    /// <summary>Waits until the monitor has looked at the device several times.</summary>
    public void LetMonitorLook()
    {
        var before = Time.Reads;
        Assert.True(SpinWait.SpinUntil(() => Time.Reads > before + 3, Limit));
    }

    public static float LargestStep(IEnumerable<float> samples) => samples.Zip(samples.Skip(1), (one, next) => Math.Abs(next - one)).Max();
}
