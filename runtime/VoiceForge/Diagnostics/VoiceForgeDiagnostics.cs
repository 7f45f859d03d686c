using VoiceForge.Audio;
using VoiceForge.Diagnostics;

namespace VoiceForge;

/// <summary>Looks at whether this machine can run VoiceForge with a configuration: system, libraries, memory, audio, models.</summary>
/// <remarks>
/// Any thread; blocks for a few seconds. Opens the audio devices for a quarter of a second and takes the configured pool's memory while it
/// runs, so it is not for a process that is on air. A <c>wav</c> backend's output file is left alone.
/// </remarks>
public static class VoiceForgeDiagnostics
{
    /// <summary>Runs every check for a program that runs in the working directory.</summary>
    /// <param name="config">The settings to check against.</param>
    /// <param name="backend">The sound system, not disposed here; <see langword="null"/> takes the environment's, else the configuration's.</param>
    public static DiagnosticReport Run(VoiceForgeConfig config, IAudioBackend? backend = null) => Run(config, Environment.CurrentDirectory, backend);

    /// <summary>Runs every check.</summary>
    /// <param name="config">The settings to check against.</param>
    /// <param name="folder">The program's folder: whether <c>logs</c> can be written there is tried, models are looked for there and in its folder <c>models</c>.</param>
    /// <param name="backend">The sound system, not disposed here; <see langword="null"/> takes the environment's, else the configuration's.</param>
    public static DiagnosticReport Run(VoiceForgeConfig config, string folder, IAudioBackend? backend = null)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentException.ThrowIfNullOrEmpty(folder);

        DiagnosticCheck[] checks =
        [
            .. new SystemChecks(config, Path.GetFullPath(folder)).Run(),
            .. new ModelChecks(config, Path.GetFullPath(folder)).Run(),
            .. new PoolChecks(config).Run(),
            .. new AudioChecks(config, backend).Run(),
        ];
        return new(checks, checks.All(check => check.Status != DiagnosticStatus.Fail));
    }
}
