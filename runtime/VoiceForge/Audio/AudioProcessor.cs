namespace VoiceForge.Audio;

/// <summary>Turns one input block into one output block, on the audio thread, without allocating.</summary>
/// <param name="input">One block of interleaved samples, <c>[bufferSize × channels]</c>; valid during the call.</param>
/// <param name="output">As long as <paramref name="input"/>; its old content is arbitrary, every sample must be written.</param>
public delegate void AudioProcessor(ReadOnlySpan<float> input, Span<float> output);
