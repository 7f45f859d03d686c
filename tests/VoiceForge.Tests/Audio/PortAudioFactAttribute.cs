using VoiceForge.Audio;

namespace VoiceForge.Tests.Audio;

/// <summary>A test that needs the PortAudio library; a sound card it does not need.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PortAudioFactAttribute : FactAttribute
{
    public PortAudioFactAttribute()
    {
        if (!PortAudioBackend.IsAvailable)
            Skip = "PortAudio is missing: apt-get install --no-install-recommends libportaudio2";
    }
}
