using VoiceForge.Audio;
using VoiceForge.Tests.Audio;

namespace VoiceForge.Tests;

[Collection(EnvironmentCollection.Name)]
public sealed class VoiceForgeAppV2Tests : IDisposable
{
    private const string SmallPool = "buffer_pool: {num_slots: 2, slot_size_samples: 4096}\n";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly EnvironmentScope _environment = new();

    public void Dispose() => _environment.Dispose();

    [Fact]
    public void MissingConfiguration_MakesInitializeFalseAndNamesTheCommand()
    {
        using var app = new VoiceForgeAppV2();

        Assert.False(app.Initialize());
        Assert.Contains("migrationkit config init", app.LastError);
        Assert.False(app.StartGoldenPath());
        Assert.Contains("Initialize()", app.LastError);
    }

    [Fact]
    public void BrokenConfiguration_MakesInitializeFalseWithAllErrors()
    {
        _environment.Folder.Write("config.yaml", "audio: {channels: 9, colour: red}");
        using var app = new VoiceForgeAppV2();

        Assert.False(app.Initialize());

        Assert.Contains("audio.channels", app.LastError);
        Assert.Contains("audio.colour", app.LastError);
    }

    [Fact]
    public async Task GoldenPathFromConfiguration_CopiesTheFileAndEndsByItself()
    {
        var samples = Enumerable.Range(0, 5000).Select(index => MathF.Cos(index)).ToArray();
        WavFile.Write("in.wav", samples, 48000);
        _environment.Folder.Write("config.yaml", SmallPool + "audio: {backend: wav, input: in.wav, output: out.wav, wav_realtime: false}");
        using var app = new VoiceForgeAppV2();

        Assert.True(app.Initialize(), app.LastError);
        Assert.True(app.Initialize());
        Assert.True(app.StartGoldenPath(), app.LastError);
        await app.WaitForShutdownAsync().WaitAsync(Limit);

        Assert.Null(app.LastError);
        Assert.Equal(samples, WavFile.Read("out.wav", out _, out _));
        Assert.True(app.WaitForShutdownAsync().IsCompletedSuccessfully);
    }

    [Fact]
    public async Task GoldenPathOnADevice_RunsUntilStopAndStartsAgain()
    {
        using var backend = new VirtualBackend();
        using var app = new VoiceForgeAppV2(Config(SmallPool + "audio: {input: microphone, output: 7, buffer_size: 64}"), backend);
        Assert.True(app.Initialize());

        for (var run = 0; run < 2; run++)
        {
            Assert.True(app.StartGoldenPath(), app.LastError);
            Assert.True(app.StartGoldenPath());
            Assert.Equal(new AudioStreamFormat(0, 7, 48000, 64, 1), backend.Format);
            Assert.Equal(0.25f, backend.Play(0.25f)[^1]);

            var shutdown = app.WaitForShutdownAsync();
            Assert.False(shutdown.IsCompleted);
            using var cancelled = new CancellationTokenSource();
            var impatient = app.WaitForShutdownAsync(cancelled.Token);
            await cancelled.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);

            app.Stop();
            app.Stop();
            await shutdown.WaitAsync(Limit);
        }

        Assert.Equal((2, 2), (backend.Opened, backend.Closed));
    }

    [Fact]
    public void DeviceThatCannotBeOpened_MakesStartFalseWithTheReason()
    {
        using var backend = new VirtualBackend { FailOnOpen = new AudioBackendException("in use") };
        using var app = new VoiceForgeAppV2(Config(SmallPool), backend);
        Assert.True(app.Initialize());

        Assert.False(app.StartGoldenPath());

        Assert.Equal("in use", app.LastError);
        Assert.True(app.WaitForShutdownAsync().IsCompletedSuccessfully);
    }

    [Fact]
    public void NoDevice_MakesStartFalseAndSaysWhatToSet()
    {
        using var app = new VoiceForgeAppV2(Config(SmallPool));
        Assert.True(app.Initialize());

        Assert.False(app.StartGoldenPath());
        Assert.Contains("VOICEFORGE_BACKEND", app.LastError);
    }

    [Fact]
    public void NoDevice_MakesInitializeFalseWhenItShallLook()
    {
        using var app = new VoiceForgeAppV2(Config(SmallPool + "audio: {validate_devices_on_startup: true}"));

        Assert.False(app.Initialize());
        Assert.Contains("VOICEFORGE_BACKEND", app.LastError);

        using var backend = new VirtualBackend();
        using var other = new VoiceForgeAppV2(Config(SmallPool + "audio: {validate_devices_on_startup: true, output: nowhere}"), backend);
        Assert.False(other.Initialize());
        Assert.Contains("nowhere", other.LastError);
    }

    [Fact]
    public void DisposedApplication_RefusesEverything()
    {
        var app = new VoiceForgeAppV2(Config(SmallPool));
        app.Dispose();
        app.Dispose();
        app.Stop();

        Assert.False(app.Initialize());
        Assert.False(app.StartGoldenPath());
    }

    private VoiceForgeConfig Config(string yaml) => VoiceForgeConfig.Load(_environment.Folder.Write("given.yaml", yaml));
}
