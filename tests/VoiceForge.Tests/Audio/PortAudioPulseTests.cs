using System.Diagnostics;

namespace VoiceForge.Tests.Audio;

/// <summary>Runs the <see cref="PulseScenarios"/>, each in a process of its own: clients of a sound server that dies may deadlock or spoil the native heap.</summary>
public sealed class PortAudioPulseTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    [PulseFact]
    public Task Tone_IsInTheRecordingAtItsPitchAndLevel() => RunAsync(nameof(PulseScenarios.PlayTone));

    [PulseFact]
    public Task F01_SoundServerThatDiesAndComesBack_IsSilentMeanwhileAndPlaysAgain() => RunAsync(nameof(PulseScenarios.LoseServerAndFindItAgain));

    [PulseFact]
    public Task F12_StopOfADeviceThatDied_Returns() => RunAsync(nameof(PulseScenarios.StopAfterServerDied));

    private static async Task RunAsync(string scenario)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", ["exec", typeof(PortAudioPulseTests).Assembly.Location, scenario])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = process.StandardError.ReadToEndAsync();
        try
        {
            var output = await process.StandardOutput.ReadLineAsync().WaitAsync(Limit);
            Assert.True(output == Program.Success, output is null ? await errors.WaitAsync(Limit) : output);
        }
        finally
        {
            process.Kill(entireProcessTree: true); // what happens to native threads at its exit is not the question here
        }
    }
}
