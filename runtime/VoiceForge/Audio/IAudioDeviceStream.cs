namespace VoiceForge.Audio;

/// <summary>An open device. <see cref="AudioStreamV2"/> calls it from one thread at a time and never from the audio callback.</summary>
public interface IAudioDeviceStream : IDisposable
{
    /// <summary>Whether blocks come from hardware by its own clock; <see langword="true"/> unless implemented. Files and loops say <see langword="false"/>.</summary>
    /// <remarks>Live: late blocks count as errors, and a device that falls silent is opened again. Not live: the stream waits for its processing.</remarks>
    bool IsLive => true;

    /// <summary>Starts the callbacks.</summary>
    /// <exception cref="AudioBackendException">The device refused.</exception>
    void Start();

    /// <summary>Returns after the last callback has returned and everything played is out (a file is complete). Does nothing the second time.</summary>
    /// <exception cref="AudioBackendException">The device had failed while it ran; the message says how.</exception>
    void Stop();
}
