using System.Runtime.InteropServices;

namespace VoiceForge.Audio;

/// <summary>The sound devices of the machine, through PortAudio: ALSA (and by it PulseAudio and PipeWire) on Linux, Core Audio on macOS.</summary>
/// <remarks>
/// Any thread; opening and listing may block for as long as the system's drivers do. Devices are counted when the first backend is made:
/// one plugged in later is seen once all backends are disposed. Needs libportaudio 19: <c>apt-get install libportaudio2</c>, <c>brew install portaudio</c>.
/// </remarks>
public sealed class PortAudioBackend : IAudioBackend
{
    private static readonly Lock Library = new(); // PortAudio's own functions, but for those of an open stream, may not be called side by side
    private readonly List<AudioDevice> _devices;
    private bool _isDisposed;

    /// <summary>Loads the library and counts the devices.</summary>
    /// <exception cref="AudioBackendException">The library is missing or cannot start.</exception>
    public PortAudioBackend()
    {
        if (!IsAvailable)
        {
            throw new AudioBackendException(
                "PortAudio is not installed; install it with 'apt-get install libportaudio2' (Debian, Ubuntu) or 'brew install portaudio' (macOS).");
        }

        lock (Library)
        {
            PortAudioLibrary.ThrowIfError(PortAudioLibrary.Pa_Initialize(), "The sound system cannot be started");
            _devices = ListDevices();
        }
    }

    /// <summary>Whether the PortAudio library is installed; devices there may be none.</summary>
    public static bool IsAvailable => PortAudioLibrary.IsAvailable;

    /// <inheritdoc/>
    public IReadOnlyList<AudioDevice> Devices => _devices;

    /// <inheritdoc/>
    public IAudioDeviceStream Open(AudioStreamFormat format, AudioCallback callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var input = Find(format.InputDeviceIndex, format.Channels, isInput: true);
        var output = Find(format.OutputDeviceIndex, format.Channels, isInput: false);
        lock (Library)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return new PortAudioDeviceStream(input, output, format, callback, Library);
        }
    }

    /// <summary>Gives the library back; streams of this backend are to be disposed before.</summary>
    public void Dispose()
    {
        lock (Library)
        {
            if (_isDisposed)
                return;

            _isDisposed = true;
            if (!PortAudioDeviceStream.IsAnyAbandoned)
                _ = PortAudioLibrary.Pa_Terminate(); // counted by the library; it fails only where there is nothing left to end
        }
    }

    private static unsafe List<AudioDevice> ListDevices()
    {
        var devices = new List<AudioDevice>();
        var count = PortAudioLibrary.Pa_GetDeviceCount(); // negative: there are none that it could count
        for (var index = 0; index < count; index++)
        {
            var info = PortAudioLibrary.Pa_GetDeviceInfo(index);
            devices.Add(new AudioDevice(
                index, Marshal.PtrToStringUTF8(info->Name) ?? "", info->MaxInputChannels, info->MaxOutputChannels,
                IsDefaultInput: index == PortAudioLibrary.Pa_GetDefaultInputDevice(), IsDefaultOutput: index == PortAudioLibrary.Pa_GetDefaultOutputDevice()));
        }

        return devices;
    }

    private AudioDevice Find(int index, int channels, bool isInput) => AudioDeviceChoice.Find(_devices, index, channels, isInput);
}
