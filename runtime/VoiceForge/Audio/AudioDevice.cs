namespace VoiceForge.Audio;

/// <summary>An input or output that an <see cref="IAudioBackend"/> can open.</summary>
/// <param name="Index">The number to pass as device index.</param>
/// <param name="Name">A name for people; a path for files.</param>
/// <param name="InputChannels">How many channels it can record; 0 for an output.</param>
/// <param name="OutputChannels">How many channels it can play; 0 for an input.</param>
/// <param name="IsDefaultInput">Whether index -1 means this device for input.</param>
/// <param name="IsDefaultOutput">Whether index -1 means this device for output.</param>
public readonly record struct AudioDevice(int Index, string Name, int InputChannels, int OutputChannels, bool IsDefaultInput, bool IsDefaultOutput);
