namespace VoiceForge.Audio;

/// <summary>An audio device or file could not be opened or failed while running; the message says why and what to change.</summary>
public sealed class AudioBackendException : IOException
{
    /// <param name="message">Reason and remedy.</param>
    public AudioBackendException(string message)
        : base(message)
    {
    }

    /// <param name="message">Reason and remedy.</param>
    /// <param name="innerException">What the system reported.</param>
    public AudioBackendException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
