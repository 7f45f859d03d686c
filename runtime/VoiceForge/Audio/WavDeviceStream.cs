namespace VoiceForge.Audio;

/// <summary>A WAV file going in and another coming out, block by block.</summary>
internal sealed class WavDeviceStream : IAudioDeviceStream
{
    private readonly WavReader _reader;
    private readonly WavWriter _writer;
    private readonly AudioCallback _callback;
    private readonly BlockPump _pump;
    private readonly float[] _input;
    private readonly float[] _output;
    private long _samplesLeft;
    private bool _closed;

    public WavDeviceStream(WavReader reader, WavWriter writer, AudioStreamFormat format, AudioCallback callback, bool realTime)
    {
        _reader = reader;
        _writer = writer;
        _callback = callback;
        _input = new float[format.BufferSize * format.Channels];
        _output = new float[_input.Length];
        _samplesLeft = reader.FrameCount * format.Channels;
        _pump = new BlockPump(format, realTime, Step);
    }

    public bool IsLive => false;

    public void Start() => _pump.Start();

    public void Stop()
    {
        if (_closed)
            return;

        _closed = true;
        _pump.Stop();
        try
        {
            _writer.Complete();
        }
        catch (IOException exception)
        {
            throw new AudioBackendException($"The output file could not be completed: {exception.Message}", exception);
        }
        finally
        {
            _reader.Dispose();
            _writer.Dispose();
        }

        if (_pump.Failure is { } failure)
            throw new AudioBackendException($"The run ended early: {failure.Message}", failure);
    }

    public void Dispose() => Stop();

    private bool Step()
    {
        try
        {
            var read = _reader.Read(_input);
            _input.AsSpan(read).Clear();
            _samplesLeft -= read;
            _callback(_input, _output, _samplesLeft == 0 ? AudioCallbackFlags.EndOfInput : AudioCallbackFlags.None);
            _writer.Write(_output.AsSpan(0, read));
            return _samplesLeft > 0;
        }
        catch (IOException)
        {
            _callback([], [], AudioCallbackFlags.EndOfInput); // so that the stream stops and Stop can give the reason
            throw;
        }
    }
}
