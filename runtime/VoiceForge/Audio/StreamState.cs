namespace VoiceForge.Audio;

/// <summary>Where an <see cref="IAudioStream"/> is in its life.</summary>
/// <remarks>
/// Allowed: Stopped → Starting; Starting → Running, Failed; Running → Stopping, Failsafe, Failed; Failsafe → Running, Stopping, Failed;
/// Stopping → Stopped, Failed; Failed → Stopped. Everything else is refused and leaves the state as it was.
/// </remarks>
public enum StreamState
{
    /// <summary>No device is open. The state of a new stream, and again after <see cref="IAudioStream.Stop"/> or the end of the input.</summary>
    Stopped,

    /// <summary>The device is being opened.</summary>
    Starting,

    /// <summary>Audio flows through the processing callback, or straight through without one.</summary>
    Running,

    /// <summary>The device is being closed.</summary>
    Stopping,

    /// <summary>Audio flows, but the processing callback is not heard until it has been good for two seconds.</summary>
    Failsafe,

    /// <summary>The device failed while running; <see cref="IAudioStream.Stop"/> leads back to <see cref="Stopped"/>.</summary>
    Failed,
}
