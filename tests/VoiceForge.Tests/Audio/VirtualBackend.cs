using VoiceForge.Audio;

namespace VoiceForge.Tests.Audio;

/// <summary>A device whose clock is the test: a block passes when, and on the thread on which, <see cref="Play(float[], AudioCallbackFlags)"/> is called.</summary>
internal sealed class VirtualBackend : IAudioBackend, IAudioDeviceStream
{
    private AudioCallback? _callback;
    private float[] _output = [];

    public Exception? FailOnOpen { get; init; }

    public Exception? FailOnStart { get; init; }

    public Exception? FailOnStop { get; init; }

    public bool IsLive { get; init; }

    public AudioStreamFormat Format { get; private set; }

    public int Opened { get; private set; }

    public int Closed { get; private set; }

    public IReadOnlyList<AudioDevice> Devices { get; } =
    [
        new AudioDevice(0, "microphone", 2, 0, IsDefaultInput: true, IsDefaultOutput: false),
        new AudioDevice(7, "speaker", 0, 2, IsDefaultInput: false, IsDefaultOutput: true),
    ];

    public IAudioDeviceStream Open(AudioStreamFormat format, AudioCallback callback)
    {
        if (FailOnOpen is not null)
            throw FailOnOpen;

        Format = format;
        _callback = callback;
        _output = new float[format.BufferSize * format.Channels];
        Opened++;
        return this;
    }

    public void Start()
    {
        if (FailOnStart is not null)
            throw FailOnStart;
    }

    public void Stop()
    {
        if (FailOnStop is not null)
            throw FailOnStop;
    }

    public void Dispose() => Closed++;

    /// <summary>Lets one block pass, without allocating.</summary>
    public ReadOnlySpan<float> Play(float[] input, AudioCallbackFlags flags = AudioCallbackFlags.None)
    {
        _output.AsSpan().Fill(float.NaN); // what is not written is seen
        _callback!(input, _output, flags);
        return _output;
    }

    public ReadOnlySpan<float> Play(float value) => Play(Block(value));

    public float[] Block(float value)
    {
        var block = new float[_output.Length];
        Array.Fill(block, value);
        return block;
    }
}
