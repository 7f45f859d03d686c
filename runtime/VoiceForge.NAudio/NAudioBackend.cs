using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using NAudio.CoreAudioApi;

namespace VoiceForge.Audio;

/// <summary>The sound devices of a Windows machine, through NAudio: WASAPI in shared mode, which converts rates and channels itself.</summary>
/// <remarks>
/// Any thread; opening and listing may block for as long as the drivers do. Devices are listed when the backend is made. Input and output
/// have clocks of their own: the stream follows the output's, and <see cref="AudioStreamStatistics.ClockCorrections"/> counts how often the
/// input was brought into line. NAudio itself allocates a few bytes per recorded packet, on its recording thread.
/// </remarks>
[SupportedOSPlatform("windows")]
public sealed class NAudioBackend : IAudioBackend
{
    private readonly MMDeviceEnumerator _enumerator;
    private readonly List<string> _ids = [];
    private readonly List<AudioDevice> _devices = [];

    /// <summary>Lists the devices that are plugged in and enabled.</summary>
    /// <exception cref="AudioBackendException">Windows does not tell, or this is not Windows.</exception>
    public NAudioBackend()
    {
        if (!OperatingSystem.IsWindows())
            throw new AudioBackendException("NAudio's devices exist on Windows only; use PortAudioBackend here ('audio.backend: portaudio').");

        try
        {
            _enumerator = new MMDeviceEnumerator();
            List();
        }
        catch (COMException exception)
        {
            _enumerator?.Dispose();
            throw new AudioBackendException($"Windows does not list its audio devices: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<AudioDevice> Devices => _devices;

    /// <inheritdoc/>
    public IAudioDeviceStream Open(AudioStreamFormat format, AudioCallback callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        // One channel at least: Windows makes any number of them into any other.
        var input = AudioDeviceChoice.Find(_devices, format.InputDeviceIndex, channels: 1, isInput: true);
        var output = AudioDeviceChoice.Find(_devices, format.OutputDeviceIndex, channels: 1, isInput: false);
        try
        {
            return new NAudioDeviceStream(_enumerator.GetDevice(_ids[input.Index]), _enumerator.GetDevice(_ids[output.Index]), format, callback);
        }
        catch (COMException exception)
        {
            throw new AudioBackendException(
                $"'{input.Name}' and '{output.Name}' cannot be opened with {format.SampleRate} Hz and {format.Channels} channel(s): {exception.Message}", exception);
        }
    }

    /// <summary>Gives the list of devices back; streams of this backend are to be disposed before.</summary>
    public void Dispose() => _enumerator.Dispose();

    private void List()
    {
        var defaultInput = DefaultOf(DataFlow.Capture);
        var defaultOutput = DefaultOf(DataFlow.Render);
        foreach (var device in _enumerator.EnumerateAudioEndPoints(DataFlow.All, DeviceState.Active))
        {
            using (device)
            {
                using var client = device.AudioClient;
                var channels = client.MixFormat.Channels;
                var isInput = device.DataFlow == DataFlow.Capture;
                _devices.Add(new AudioDevice(
                    _ids.Count, device.FriendlyName, isInput ? channels : 0, isInput ? 0 : channels,
                    IsDefaultInput: isInput && device.ID == defaultInput, IsDefaultOutput: !isInput && device.ID == defaultOutput));
                _ids.Add(device.ID);
            }
        }
    }

    private string? DefaultOf(DataFlow flow)
    {
        if (!_enumerator.HasDefaultAudioEndpoint(flow, Role.Console))
            return null;

        using var device = _enumerator.GetDefaultAudioEndpoint(flow, Role.Console);
        return device.ID;
    }
}
