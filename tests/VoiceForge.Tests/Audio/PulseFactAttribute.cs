using VoiceForge.Audio;

namespace VoiceForge.Tests.Audio;

/// <summary>A test that plays through PortAudio into a PulseAudio server of its own, on Linux.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class PulseFactAttribute : FactAttribute
{
    private static readonly string[] Programs = ["pulseaudio", "parec", "pactl"];

    public PulseFactAttribute()
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        var isComplete = OperatingSystem.IsLinux() && PortAudioBackend.IsAvailable &&
            Programs.All(program => folders.Any(folder => File.Exists(Path.Combine(folder, program)))) &&
            Directory.Exists("/etc/alsa/conf.d") && Directory.EnumerateFiles("/etc/alsa/conf.d", "*pulse*.conf").Any();
        if (!isComplete)
            Skip = "Linux with PulseAudio is needed: apt-get install --no-install-recommends libportaudio2 libasound2-plugins pulseaudio pulseaudio-utils";
    }
}
