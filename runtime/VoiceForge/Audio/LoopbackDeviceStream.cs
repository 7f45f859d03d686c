namespace VoiceForge.Audio;

/// <summary>A ring of blocks: what is played now is recorded when the ring comes round.</summary>
internal sealed class LoopbackDeviceStream : IAudioDeviceStream
{
    private readonly AudioCallback _callback;
    private readonly BlockPump _pump;
    private readonly float[][] _blocks;
    private readonly float[] _output;
    private int _position;

    public LoopbackDeviceStream(AudioStreamFormat format, AudioCallback callback, int latencyBlocks, bool realTime)
    {
        var samples = format.BufferSize * format.Channels;
        _callback = callback;
        _output = new float[samples];
        _blocks = new float[latencyBlocks + 1][];
        for (var index = 0; index < _blocks.Length; index++)
            _blocks[index] = new float[samples];
        _pump = new BlockPump(format, realTime, Step);
    }

    public bool IsLive => false;

    public void Start() => _pump.Start();

    public void Stop() => _pump.Stop();

    public void Dispose() => Stop();

    private bool Step()
    {
        var block = _blocks[_position];
        _callback(block, _output, AudioCallbackFlags.None);
        _output.CopyTo(block, 0);
        _position = (_position + 1) % _blocks.Length;
        return true;
    }
}
