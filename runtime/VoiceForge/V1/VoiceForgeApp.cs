using System.ComponentModel;
using VoiceForge.Audio;

namespace VoiceForge;

/// <summary>The V1 application: passes audio through, at the 48000 Hz and 256 frames that were its constants.</summary>
/// <remarks>
/// Any thread may call any member; none blocks for long. Needs no configuration file: devices are chosen as for <see cref="AudioStream"/>,
/// from the environment first.
/// </remarks>
#if !LEGACY_SDK
[Obsolete(
    "VoiceForgeApp is V1. Use VoiceForgeAppV2 and check what Initialize and StartGoldenPath return.",
    DiagnosticId = "MKOBSOLETE", UrlFormat = "https://github.com/migrationkit/migrationkit/blob/main/docs/rules/MK0107.md")]
[EditorBrowsable(EditorBrowsableState.Never)]
#endif
public class VoiceForgeApp : IDisposable
{
    private const int SampleRate = 48000;
    private const int BufferSize = 256;
    private const int DefaultDevice = -1;

    private AudioStream? _stream;

    /// <summary>Makes an application that is not initialized.</summary>
    public VoiceForgeApp()
    {
    }

    /// <summary>Makes the stream. Does nothing the second time.</summary>
    /// <exception cref="IOException">No device can be opened; the message says what to set.</exception>
    public void Initialize()
    {
        AudioBackendSelection.Create().Dispose(); // throws here rather than at the start
        _stream ??= new AudioStream(DefaultDevice, DefaultDevice, SampleRate, BufferSize);
    }

    /// <summary>Opens the device and lets audio flow; returns at once.</summary>
    /// <exception cref="InvalidOperationException"><see cref="Initialize"/> was not called.</exception>
    /// <exception cref="IOException">The device cannot be opened; the message says why.</exception>
    public void StartGoldenPath()
    {
        if (_stream is null)
            throw new InvalidOperationException("Call Initialize() before StartGoldenPath().");

        _stream.Start();
    }

    /// <summary>Stops audio and closes the device. Does nothing when it does not flow.</summary>
    public void Stop() => _stream?.Stop();

    /// <summary>Stops the application.</summary>
    public void Dispose()
    {
        Stop();
        GC.SuppressFinalize(this);
    }
}
