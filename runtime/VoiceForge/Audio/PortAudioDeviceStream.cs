using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace VoiceForge.Audio;

/// <summary>An open duplex stream of PortAudio.</summary>
internal sealed unsafe class PortAudioDeviceStream : IAudioDeviceStream
{
    private const int Float32 = 1;
    private const int NoClipping = 1; // what is played is within ±1
    private const int NoDithering = 2;
    private const int InputUnderflow = 1;
    private const int InputOverflow = 2;
    private const int OutputUnderflow = 4;
    private const int Continue = 0;

    private readonly AudioCallback _callback;
    private readonly int _channels;
    private readonly Lock _library;
    private readonly nint _stream;
    private readonly TimeSpan _patience;
    private GCHandle _self; // what the native side finds this object by; the callback itself is a function pointer that nothing can collect
    private bool _isStarted;
    private bool _isEnded;
    private volatile bool _isAbandoned;

    public PortAudioDeviceStream(AudioDevice input, AudioDevice output, AudioStreamFormat format, AudioCallback callback, Lock library)
    {
        _callback = callback;
        _channels = format.Channels;
        _library = library;
        _patience = TimeSpan.FromSeconds(Math.Max(1, 8.0 * format.BufferSize / format.SampleRate));
        var recorded = Parameters(input.Index, format.Channels, PortAudioLibrary.Pa_GetDeviceInfo(input.Index)->DefaultLowInputLatency);
        var played = Parameters(output.Index, format.Channels, PortAudioLibrary.Pa_GetDeviceInfo(output.Index)->DefaultLowOutputLatency);
        var what = $"'{input.Name}' and '{output.Name}' cannot be opened with {format.SampleRate} Hz and {format.Channels} channel(s)";
        PortAudioLibrary.ThrowIfError(PortAudioLibrary.Pa_IsFormatSupported(&recorded, &played, format.SampleRate), what);

        _self = GCHandle.Alloc(this);
        try
        {
            PortAudioLibrary.ThrowIfError(
                PortAudioLibrary.Pa_OpenStream(
                    out _stream, &recorded, &played, format.SampleRate, new CULong((uint)format.BufferSize), new CULong(NoClipping | NoDithering),
                    &OnBlock, GCHandle.ToIntPtr(_self)),
                what);
        }
        catch
        {
            _self.Free();
            throw;
        }
    }

    /// <summary>Whether a stream of this process never came back from stopping: the library may not be ended then, that would wait for it.</summary>
    public static bool IsAnyAbandoned { get; private set; }

    public void Start()
    {
        PortAudioLibrary.ThrowIfError(PortAudioLibrary.Pa_StartStream(_stream), "The device cannot be started");
        _isStarted = true;
    }

    // Sound servers that die deadlock their own client now and then. Nobody here is to wait for that for ever, so another thread does.
    public void Stop()
    {
        if (_isEnded || !_isStarted)
            return;

        _isEnded = true;
        var result = 0;
        var ending = new Thread(() =>
        {
            result = PortAudioLibrary.Pa_StopStream(_stream);
            Close();
        }) { IsBackground = true, Name = "VoiceForge device end" };
        ending.Start();
        if (!ending.Join(_patience))
        {
            _isAbandoned = true;
            IsAnyAbandoned = true;
            throw new AudioBackendException($"The device has not stopped within {_patience.TotalSeconds:0.#} s; it is left behind and gets silence.");
        }

        PortAudioLibrary.ThrowIfError(result, "The device had failed when it was stopped");
    }

    public void Dispose()
    {
        Stop();
        if (_isEnded)
            return;

        _isEnded = true;
        Close();
    }

    // Never while the stream runs: closing would cancel its thread, maybe inside of managed code.
    private void Close()
    {
        lock (_library)
        {
            _ = PortAudioLibrary.Pa_CloseStream(_stream); // a device that is gone reports an error here, and is closed all the same
            _self.Free();
        }
    }

    private static PortAudioLibrary.StreamParameters Parameters(int device, int channels, double latency) =>
        new() { Device = device, ChannelCount = channels, SampleFormat = new CULong(Float32), SuggestedLatency = latency };

    // The callback that it calls never throws; see IAudioBackend.Open.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnBlock(float* input, float* output, CULong frames, void* time, CULong status, nint self)
    {
        var stream = Unsafe.As<PortAudioDeviceStream>(GCHandle.FromIntPtr(self).Target!);
        var samples = (int)frames.Value * stream._channels;
        var flags = AudioCallbackFlags.None;
        if ((status.Value & (InputUnderflow | InputOverflow)) != 0)
            flags |= AudioCallbackFlags.InputOverrun;
        if ((status.Value & OutputUnderflow) != 0)
            flags |= AudioCallbackFlags.OutputUnderrun;
        if (stream._isAbandoned)
            new Span<float>(output, samples).Clear();
        else
            stream._callback(new ReadOnlySpan<float>(input, input is null ? 0 : samples), new Span<float>(output, samples), flags);
        return Continue;
    }
}
