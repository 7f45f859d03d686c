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
    private GCHandle _self; // what the native side finds this object by; the callback itself is a function pointer that nothing can collect
    private bool _isStarted;

    public PortAudioDeviceStream(AudioDevice input, AudioDevice output, AudioStreamFormat format, AudioCallback callback, Lock library)
    {
        _callback = callback;
        _channels = format.Channels;
        _library = library;
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

    public void Start()
    {
        lock (_library)
        {
            PortAudioLibrary.ThrowIfError(PortAudioLibrary.Pa_StartStream(_stream), "The device cannot be started");
            _isStarted = true;
        }
    }

    public void Stop()
    {
        lock (_library)
        {
            if (!_isStarted)
                return;

            _isStarted = false;
            PortAudioLibrary.ThrowIfError(PortAudioLibrary.Pa_StopStream(_stream), "The device had failed when it was stopped");
        }
    }

    public void Dispose()
    {
        lock (_library)
        {
            if (!_self.IsAllocated)
                return;

            // Ends the callbacks too. A device that is gone reports an error here, and is closed all the same.
            _ = PortAudioLibrary.Pa_CloseStream(_stream);
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
        stream._callback(new ReadOnlySpan<float>(input, input is null ? 0 : samples), new Span<float>(output, samples), flags);
        return Continue;
    }
}
