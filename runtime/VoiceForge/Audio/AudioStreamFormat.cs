namespace VoiceForge.Audio;

/// <summary>What a stream asks of an <see cref="IAudioBackend"/>: interleaved 32-bit float.</summary>
/// <param name="InputDeviceIndex">Index of an <see cref="AudioDevice"/> with input channels, or -1 for the default.</param>
/// <param name="OutputDeviceIndex">Index of an <see cref="AudioDevice"/> with output channels, or -1 for the default.</param>
/// <param name="SampleRate">In Hz.</param>
/// <param name="BufferSize">Frames per callback.</param>
/// <param name="Channels">Samples per frame, the same for input and output.</param>
public readonly record struct AudioStreamFormat(int InputDeviceIndex, int OutputDeviceIndex, int SampleRate, int BufferSize, int Channels);
