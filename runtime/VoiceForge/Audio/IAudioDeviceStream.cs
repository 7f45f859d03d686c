namespace VoiceForge.Audio;

/// <summary>An open device. <see cref="AudioStreamV2"/> calls it from one thread at a time and never from the audio callback.</summary>
public interface IAudioDeviceStream : IDisposable
{
    /// <summary>Starts the callbacks.</summary>
    /// <exception cref="AudioBackendException">The device refused.</exception>
    void Start();

    /// <summary>Returns after the last callback has returned and everything played is out (a file is complete). Does nothing the second time.</summary>
    /// <exception cref="AudioBackendException">The device had failed while it ran; the message says how.</exception>
    void Stop();
}
