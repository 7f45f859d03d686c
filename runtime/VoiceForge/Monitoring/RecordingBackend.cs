using VoiceForge.Audio;

namespace VoiceForge.Monitoring;

/// <summary>A backend whose streams leave what passes through them in an <see cref="AudioHistory"/>. The backend behind it stays its owner's.</summary>
internal sealed class RecordingBackend(IAudioBackend backend, AudioHistory history) : IAudioBackend
{
    public IReadOnlyList<AudioDevice> Devices => backend.Devices;

    public IAudioDeviceStream Open(AudioStreamFormat format, AudioCallback callback) => backend.Open(format, (input, output, flags) =>
    {
        callback(input, output, flags);
        history.Record(input, output);
    });

    public void Dispose()
    {
    }
}
