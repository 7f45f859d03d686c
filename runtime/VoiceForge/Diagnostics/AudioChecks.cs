using System.Globalization;
using VoiceForge.Audio;

namespace VoiceForge.Diagnostics;

/// <summary>Devices, the golden path, and the signal path without a device.</summary>
internal sealed class AudioChecks(VoiceForgeConfig config, IAudioBackend? given)
{
    private static readonly TimeSpan Audition = TimeSpan.FromMilliseconds(250);

    private static readonly string[] VirtualCables = ["cable", "virtual", "loopback", "blackhole", "voicemeeter", "null"];

    private const string DeviceLimit = "at least one input and one output; a virtual cable for other programs to listen to";
    private const string DeviceRemedy = "connect a device, or set 'audio.backend', 'audio.input' and 'audio.output' in config.yaml";
    private const string GoldenPathLimit = "starts, runs a quarter of a second without an error, stops";

    public IEnumerable<DiagnosticCheck> Run()
    {
        IAudioBackend? own = null;
        var devices = CheckRunner.Run("audio devices", DeviceLimit, DeviceRemedy, () => Devices(given ?? (own = AudioBackendSelection.Create(config.Audio))));
        using (own)
        {
            return
            [
                devices,
                CheckRunner.Run("golden path", GoldenPathLimit, DeviceRemedy, () => GoldenPath(given ?? own)),
                .. new SignalChecks(config).Run(),
            ];
        }
    }

    private static DiagnosticCheck Devices(IAudioBackend backend)
    {
        var inputs = backend.Devices.Where(device => device.InputChannels > 0).ToList();
        var outputs = backend.Devices.Where(device => device.OutputChannels > 0).ToList();
        var cable = outputs.FirstOrDefault(device => VirtualCables.Any(name => device.Name.Contains(name, StringComparison.OrdinalIgnoreCase)));
        var status = inputs.Count == 0 || outputs.Count == 0 ? DiagnosticStatus.Fail : cable.Name is null ? DiagnosticStatus.Warning : DiagnosticStatus.Pass;
        return new(
            "audio devices", status,
            $"{inputs.Count} inputs, {outputs.Count} outputs, {(cable.Name is null ? "no virtual cable" : $"virtual cable '{cable.Name}'")}", DeviceLimit,
            status switch
            {
                DiagnosticStatus.Fail => DeviceRemedy,
                DiagnosticStatus.Warning => "for use in calls install a virtual cable and name it in 'audio.output' of config.yaml",
                _ => null,
            });
    }

    private DiagnosticCheck GoldenPath(IAudioBackend? backend)
    {
        if (backend is null)
            return new("golden path", DiagnosticStatus.NotMeasured, "there is no audio backend to run it on", GoldenPathLimit, DeviceRemedy);

        // The user's output file is not ours to write.
        using var loopback = given is null && backend is WavBackend ? new LoopbackBackend() : null;
        using var app = new VoiceForgeAppV2(config, loopback ?? backend);
        if (!app.Initialize() || !app.StartGoldenPath())
            return Failed(app.LastError);
        var ended = app.WaitForShutdownAsync().Wait(Audition);
        var error = app.LastError;
        app.Stop();
        return error is not null
            ? Failed(error)
            : new(
                "golden path", DiagnosticStatus.Pass,
                $"{(ended ? "ran to the end of its input" : $"ran {Audition.TotalMilliseconds:0} ms")} on {(loopback ?? backend).GetType().Name}", GoldenPathLimit, null);
    }

    private static DiagnosticCheck Failed(string? reason) =>
        new("golden path", DiagnosticStatus.Fail, reason ?? "it did not start and gave no reason", GoldenPathLimit, DeviceRemedy);
}
