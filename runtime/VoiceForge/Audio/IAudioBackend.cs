namespace VoiceForge.Audio;

/// <summary>A way to record and play: a sound system, a pair of files, a loop.</summary>
public interface IAudioBackend : IDisposable
{
    /// <summary>What can be opened now; empty when there is nothing.</summary>
    IReadOnlyList<AudioDevice> Devices { get; }

    /// <summary>Opens a device stream; no callback comes before <see cref="IAudioDeviceStream.Start"/>.</summary>
    /// <param name="format">What the stream needs; a backend that cannot deliver exactly this throws.</param>
    /// <param name="callback">Called once per block of <see cref="AudioStreamFormat.BufferSize"/> frames. It never throws.</param>
    /// <exception cref="AudioBackendException">The device cannot be opened this way; the message says why and what to change.</exception>
    IAudioDeviceStream Open(AudioStreamFormat format, AudioCallback callback);
}
