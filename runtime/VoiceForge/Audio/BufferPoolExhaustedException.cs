namespace VoiceForge.Audio;

/// <summary>Every slot of a <see cref="BufferPool"/> is in use.</summary>
public sealed class BufferPoolExhaustedException : InvalidOperationException
{
    /// <param name="message">Names the pool's size and the configuration key that changes it.</param>
    public BufferPoolExhaustedException(string message)
        : base(message)
    {
    }
}
