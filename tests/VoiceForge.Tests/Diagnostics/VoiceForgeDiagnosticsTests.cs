using VoiceForge.Audio;
using VoiceForge.Tests.Core;

namespace VoiceForge.Tests.Diagnostics;

[Collection(EnvironmentCollection.Name)]
public sealed class VoiceForgeDiagnosticsTests : IDisposable
{
    private const string Small = "audio: {backend: loopback}\nbuffer_pool: {num_slots: 4, slot_size_samples: 4096}\nresources: {allocation: {audio_buffers_gb: 0.05, model_cache_gb: 0.1, feature_cache_gb: 0.1}}\n";

    private readonly EnvironmentScope _environment = new();

    public void Dispose() => _environment.Dispose();

    [Fact]
    public void SmallConfigurationOnTheLoopBack_PassesEveryCheckThatCanBeMeasured()
    {
        var report = Run(Small, new LoopbackBackend());

        Assert.True(report.Passed, string.Join('\n', report.Checks));
        Assert.Equal(
            [
                "runtime", "native libraries", "execution providers", "folders", "memory", "disk", "inference", "model cache", "models", "pitch",
                "buffer pool", "pool integrity", "audio devices", "golden path", "loop-back", "signal path", "latency",
            ],
            report.Checks.Select(check => check.Name));
        Assert.All(report.Checks, check => Assert.True(check.Measured.Length > 0 && check.Limit.Length > 0, check.Name));
        Assert.All(report.Checks, check => Assert.True(check.Status == DiagnosticStatus.Pass || check.Remedy is { Length: > 0 }, check.ToString()));
        Assert.Equal(["models"], report.Checks.Where(check => check.Status == DiagnosticStatus.NotMeasured).Select(check => check.Name));
    }

    [Fact]
    public void NoDevice_FailsDevicesAndLeavesTheGoldenPathUnmeasured()
    {
        var report = Run(Small.Replace("loopback", "auto", StringComparison.Ordinal));

        Assert.False(report.Passed);
        Assert.Equal((DiagnosticStatus.Fail, DiagnosticStatus.NotMeasured), (Of(report, "audio devices").Status, Of(report, "golden path").Status));
        Assert.Equal(DiagnosticStatus.Pass, Of(report, "signal path").Status);
    }

    [Fact]
    public void DeviceThatFailsToOpen_FailsTheGoldenPathWithItsReason()
    {
        var report = Run(Small, new DeadBackend());

        Assert.Contains("the cable is gone", Of(report, "golden path").Measured);
        Assert.Equal((DiagnosticStatus.Fail, DiagnosticStatus.Fail), (Of(report, "golden path").Status, Of(report, "audio devices").Status));
        Assert.Contains("1 inputs, 0 outputs", Of(report, "audio devices").Measured);
    }

    [Fact]
    public void WavBackend_IsDiagnosedWithoutTouchingItsOutput()
    {
        var input = _environment.Folder.PathOf("in.wav");
        var output = _environment.Folder.PathOf("out.wav");
        WavFile.Write(input, new float[480], 48000);

        var report = Run($"audio: {{backend: wav, input: '{input}', output: '{output}'}}\n" + Small[(Small.IndexOf('\n') + 1)..]);

        Assert.Equal(DiagnosticStatus.Pass, Of(report, "golden path").Status);
        Assert.Contains("LoopbackBackend", Of(report, "golden path").Measured);
        Assert.False(File.Exists(output));
    }

    [Theory]
    [InlineData("audio: {backend: loopback, buffer_size: 4096}\n", DiagnosticStatus.Fail, "85.33 ms")]
    [InlineData("audio: {backend: loopback, buffer_size: 4096}\nprocessing: {target_latency_ms: 500}\n", DiagnosticStatus.Pass, "85.33 ms")]
    public void Latency_IsTheBlockPlusItsProcessingAgainstTheTarget(string settings, DiagnosticStatus expected, string measured)
    {
        var latency = Of(Run(settings + Small[(Small.IndexOf('\n') + 1)..], new LoopbackBackend()), "latency");

        Assert.Equal(expected, latency.Status);
        Assert.Contains(measured, latency.Measured);
    }

    [Fact]
    public void SizesBeyondTheMachine_FailMemoryAndNameTheKeys()
    {
        var memory = Of(Run("audio: {backend: loopback}\nbuffer_pool: {num_slots: 4, slot_size_samples: 4096}\nresources: {total_ram_gb: 1024, allocation: {model_cache_gb: 1000}}\n"), "memory");

        Assert.Equal(DiagnosticStatus.Fail, memory.Status);
        Assert.Contains("model_cache_gb", memory.Remedy);
        Assert.StartsWith("1006 GiB configured", memory.Measured, StringComparison.Ordinal);
    }

    [Fact]
    public void FolderThatCannotHoldLogs_FailsFolders()
    {
        _environment.Folder.Write("logs", "a file where the folder should be");

        Assert.Equal(DiagnosticStatus.Fail, Of(Run(Small, new LoopbackBackend()), "folders").Status);
    }

    [Fact]
    public void ModelsOfTheProgram_AreLoadedAndCheckpointsNamed()
    {
        _environment.Folder.Write("voice.onnx", TinyModel.Identity());
        Assert.Equal(DiagnosticStatus.Pass, Of(Run(Small), "models").Status);

        _environment.Folder.Write("voice.pth", "PK");
        Assert.Contains("voice.pth", Of(Run(Small), "models").Remedy);

        _environment.Folder.Write("broken.onnx", "no model");
        Assert.Contains("broken.onnx", Of(Run(Small), "models").Measured);
        Assert.Equal(DiagnosticStatus.Fail, Of(Run(Small), "models").Status);
    }

    private static DiagnosticCheck Of(DiagnosticReport report, string name) => report.Checks.Single(check => check.Name == name);

    private DiagnosticReport Run(string yaml, IAudioBackend? backend = null)
    {
        var config = VoiceForgeConfig.Load(_environment.Folder.Write("settings.yaml", yaml));
        return VoiceForgeDiagnostics.Run(config, Path.GetDirectoryName(_environment.Folder.PathOf("x"))!, backend);
    }

    private sealed class DeadBackend : IAudioBackend
    {
        public IReadOnlyList<AudioDevice> Devices { get; } = [new(0, "Microphone", 1, 0, IsDefaultInput: true, IsDefaultOutput: false)];

        public IAudioDeviceStream Open(AudioStreamFormat format, AudioCallback callback) => throw new AudioBackendException("the cable is gone");

        public void Dispose()
        {
        }
    }
}
