namespace VoiceForge.Audio;

/// <summary>A stream from an audio input to an audio output, with optional processing between them.</summary>
/// <remarks>Any thread may call any member; <see cref="Start"/> and <see cref="Stop"/> block until the device is open or closed.</remarks>
public interface IAudioStream : IDisposable
{
    /// <summary>Opens the device and starts audio.</summary>
    /// <returns><see langword="false"/> when the stream is not stopped or the device could not be opened; the stream is stopped then.</returns>
    bool Start();

    /// <summary>Stops audio and closes the device. Does nothing on a stopped stream.</summary>
    void Stop();

    /// <summary>Sets what turns an input block into an output block of the same length; <see langword="null"/> passes audio straight through.</summary>
    /// <param name="callback">Gets interleaved samples, one device block, in an array that it may keep.</param>
    void SetProcessingCallback(Func<float[], float[]>? callback);

    /// <summary>The state at this moment.</summary>
    StreamState State { get; }
}
