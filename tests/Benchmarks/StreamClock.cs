using VoiceForge.Audio;

namespace MigrationKit.Benchmarks;

/// <summary>A duplex sound card in virtual time: exact, whatever the machine does. While it records one block it plays another; the callback's output is played next.</summary>
internal sealed class StreamClock(bool isLive = false) : TimeProvider, IAudioBackend, IAudioDeviceStream
{
    private long _now = 1;
    private AudioCallback? _callback;
    private float[] _output = [];

    public IReadOnlyList<AudioDevice> Devices { get; } = [new(0, "virtual", 1, 1, IsDefaultInput: true, IsDefaultOutput: true)];

    public bool IsLive => isLive;

    public IAudioDeviceStream Open(AudioStreamFormat format, AudioCallback callback)
    {
        _callback = callback;
        _output = new float[format.BufferSize * format.Channels];
        return this;
    }

    public void Start()
    {
    }

    public void Stop()
    {
    }

    public void Dispose()
    {
    }

    public override long GetTimestamp() => Volatile.Read(ref _now);

    /// <summary>Lets time pass in which the card does nothing.</summary>
    public void Pass(TimeSpan time) => Volatile.Write(ref _now, _now + (long)(time.TotalSeconds * TimestampFrequency));

    /// <summary>One period.</summary>
    public ReadOnlySpan<float> Play(float[] input, AudioCallbackFlags flags = AudioCallbackFlags.None)
    {
        _output.AsSpan().Fill(float.NaN); // what is not written is seen
        _callback!(input, _output, flags);
        return _output;
    }

    /// <returns>Frames from the recording of an impulse to its playing.</returns>
    /// <param name="blocks">Periods to listen for.</param>
    /// <param name="afterBlock">Called with the number of periods so far.</param>
    public int ImpulseLatency(int blocks, Action<int>? afterBlock = null)
    {
        var size = _output.Length;
        var impulse = 3 * size + 17;
        var played = new List<float>(new float[2 * size]); // before the first callback there is nothing to play, nor while it runs
        for (var block = 0; block < blocks; block++)
        {
            var input = new float[size];
            if (block == impulse / size)
                input[impulse % size] = 1;
            played.AddRange(Play(input));
            afterBlock?.Invoke(block + 1);
        }

        return played.FindIndex(sample => sample > 0.5f) - impulse;
    }
}
