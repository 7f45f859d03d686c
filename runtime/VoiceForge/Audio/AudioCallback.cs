namespace VoiceForge.Audio;

/// <summary>Called by an <see cref="IAudioDeviceStream"/> once per block, always from one thread at a time.</summary>
/// <param name="input">What was recorded, interleaved, <c>[bufferSize × channels]</c>.</param>
/// <param name="output">What is played next, of the same length; to be filled completely.</param>
/// <param name="flags">What the device has to report about this block.</param>
public delegate void AudioCallback(ReadOnlySpan<float> input, Span<float> output, AudioCallbackFlags flags);
