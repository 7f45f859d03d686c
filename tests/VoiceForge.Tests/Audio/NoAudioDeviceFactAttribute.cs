using VoiceForge.Audio;

namespace VoiceForge.Tests.Audio;

/// <summary>A test of what happens on a machine without sound devices; on one with some it is skipped.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class NoAudioDeviceFactAttribute : FactAttribute
{
    public NoAudioDeviceFactAttribute()
    {
        if (!PortAudioBackend.IsAvailable)
            return;

        using var backend = new PortAudioBackend();
        if (backend.Devices.Count > 0)
            Skip = "This machine has sound devices.";
    }
}
