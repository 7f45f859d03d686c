using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using NAudio.CoreAudioApi;
using NAudio.Wave;

namespace VoiceForge.Audio;

/// <summary>A recording and a playing WASAPI device joined into one stream.</summary>
[SupportedOSPlatform("windows")]
internal sealed class NAudioDeviceStream : IAudioDeviceStream, IWaveProvider
{
    private const int Milliseconds = 20; // of buffer that WASAPI is asked for; a shared engine's period is 10 ms

    private readonly MMDevice _input;
    private readonly MMDevice _output;
    private readonly WasapiCapture _capture;
    private readonly WasapiOut _player;
    private readonly ClockJoin _join;
    private volatile Exception? _failure;
    private bool _isStarted;
    private bool _isDisposed;

    public NAudioDeviceStream(MMDevice input, MMDevice output, AudioStreamFormat format, AudioCallback callback)
    {
        _input = input;
        _output = output;
        _join = new ClockJoin(format, callback);
        WaveFormat = WaveFormat.CreateIeeeFloatWaveFormat(format.SampleRate, format.Channels);
        _capture = new WasapiCapture(input, useEventSync: true, Milliseconds) { WaveFormat = WaveFormat };
        _player = new WasapiOut(output, AudioClientShareMode.Shared, useEventSync: true, Milliseconds);
        _capture.DataAvailable += (_, recorded) => _join.Capture(MemoryMarshal.Cast<byte, float>(recorded.Buffer.AsSpan(0, recorded.BytesRecorded)));
        _capture.RecordingStopped += (_, stopped) => _failure ??= stopped.Exception;
        _player.PlaybackStopped += (_, stopped) => _failure ??= stopped.Exception;
        try
        {
            _player.Init(this);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public WaveFormat WaveFormat { get; }

    public void Start()
    {
        _isStarted = true;
        try
        {
            _capture.StartRecording();
            _player.Play();
        }
        catch (Exception exception) when (exception is COMException or InvalidOperationException)
        {
            throw new AudioBackendException($"The device cannot be started: {exception.Message}", exception);
        }
    }

    /// <summary>WASAPI's playing thread. Fills the buffer; never less, which would end the playing.</summary>
    public int Read(byte[] buffer, int offset, int count)
    {
        _join.Render(MemoryMarshal.Cast<byte, float>(buffer.AsSpan(offset, count)));
        return count;
    }

    // What is in WASAPI's own buffer, 20 ms, is cut off: the stream has faded out before.
    public void Stop()
    {
        if (!_isStarted)
            return;

        _isStarted = false;
        _player.Stop(); // waits for its thread
        _capture.StopRecording();
        if (_failure is { } failure)
            throw new AudioBackendException($"The device had failed while it ran: {failure.Message}", failure);
    }

    public void Dispose()
    {
        if (_isDisposed)
            return;

        _isDisposed = true;
        _player.Dispose();
        _capture.Dispose(); // waits for its thread
        _output.Dispose();
        _input.Dispose();
    }
}
