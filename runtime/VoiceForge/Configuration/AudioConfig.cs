namespace VoiceForge;

/// <summary>Section <c>audio</c>.</summary>
/// <param name="SampleRate"><c>audio.sample_rate</c> in Hz: 8000 to 192000, default 48000.</param>
/// <param name="BufferSize"><c>audio.buffer_size</c> in frames: 32 to 4096, default 256.</param>
/// <param name="Channels"><c>audio.channels</c>: 1 or 2, default 1.</param>
/// <param name="Backend"><c>audio.backend</c>: default auto.</param>
/// <param name="Input"><c>audio.input</c>: device index or name, or a file for the wav backend; <see langword="null"/> is the default device.</param>
/// <param name="Output"><c>audio.output</c>: as <paramref name="Input"/>.</param>
/// <param name="WavRealtime"><c>audio.wav_realtime</c>: whether files run at the pace of a sound card (default) or as fast as they are processed.</param>
/// <param name="ValidateDevicesOnStartup"><c>audio.validate_devices_on_startup</c>: whether <see cref="VoiceForgeAppV2.Initialize"/> is already false without the devices; default false, then the start is.</param>
public sealed record AudioConfig(
    int SampleRate = 48000, int BufferSize = 256, int Channels = 1, AudioBackendKind Backend = AudioBackendKind.Auto,
    string? Input = null, string? Output = null, bool WavRealtime = true, bool ValidateDevicesOnStartup = false);
