using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Json;
using VoiceForge.Audio;
using VoiceForge.Tests.Audio;

namespace VoiceForge.Tests.Monitoring;

/// <summary>What an application records about itself, and the four common issues of the migration guide.</summary>
[Collection(EnvironmentCollection.Name)]
public sealed class MonitoringTests : IDisposable
{
    private const string Settings = "buffer_pool: {num_slots: 2, slot_size_samples: 4096}\naudio: {buffer_size: 64}\n";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly EnvironmentScope _environment = new();
    private readonly VirtualBackend _backend = new();

    public void Dispose()
    {
        _backend.Dispose();
        _environment.Dispose();
    }

    [Fact]
    public async Task HealthFile_TellsHowTheGoldenPathRan()
    {
        using var app = Running();
        for (var block = 0; block < 10; block++)
            _backend.Play(0.5f);
        var shutdown = app.WaitForShutdownAsync();
        app.Stop();
        await shutdown.WaitAsync(Limit);

        var health = Json("logs/health.json");
        Assert.Equal((10, 0), (health.GetProperty("callbacks").GetInt32(), health.GetProperty("failsafe_entries").GetInt32()));
        Assert.True(health.GetProperty("uptime_seconds").GetDouble() > 0);
        Assert.InRange(health.GetProperty("latency_p99_ms").GetDouble(), 64 / 48.0, 10_000);
        Assert.True(health.GetProperty("integrity").GetProperty("is_healthy").GetBoolean());
        Assert.Equal("stopped", health.GetProperty("state").GetString());
    }

    [Fact]
    public void HealthFile_IsWrittenEveryTenSecondsWhileAudioFlows()
    {
        using var app = Running();
        _backend.Play(0.5f);

        app.Observer!.Housekeeper.RunDue(TimeSpan.FromSeconds(10));

        Assert.Equal("running", Json("logs/health.json").GetProperty("state").GetString());
    }

    [Fact]
    public void FirstCommonIssue_BufferPoolExhausted_NamesCauseAndKey()
    {
        using var app = Initialized(Settings);
        Assert.True(app.BufferPool!.TryAcquire(out _));
        Assert.True(app.BufferPool.TryAcquire(out _));

        Assert.False(app.StartGoldenPath());

        Assert.StartsWith("Buffer pool exhausted: all 2 slots are in use", app.LastError);
        Assert.Contains("raise 'buffer_pool.num_slots' in config.yaml", app.LastError);
        app.Dispose();
        Assert.EndsWith("_golden_path_failure", Assert.Single(Snapshots()), StringComparison.Ordinal);
    }

    [Fact]
    public void SecondCommonIssue_IntegrityCheckFailed_IsFoundWithinAMinuteWithASnapshotAndAudioGoesOn()
    {
        using var app = Running();
        Assert.True(app.LastIntegrity!.IsHealthy);
        Assert.True(app.BufferPool!.TryAcquire(out var lease));
        Damage(lease);

        app.Observer!.Housekeeper.RunDue(Minute);

        Assert.False(app.LastIntegrity!.IsHealthy);
        Assert.StartsWith("Integrity check failed: ", app.LastError);
        Assert.Contains("logs/debug.log", app.LastError);
        Assert.Contains("'debug.snapshots.on_error'", app.LastError);
        Assert.Equal(0.5f, _backend.Play(0.5f)[0]);
        app.Dispose();
        var snapshot = Assert.Single(Snapshots());
        Assert.EndsWith("_buffer_pool_corruption", snapshot, StringComparison.Ordinal);
        Assert.Contains("Critical Integrity check failed", File.ReadAllText(_environment.Folder.PathOf("logs/debug.log")));
    }

    [Fact]
    public void ThirdCommonIssue_HighMemoryUsage_MakesInitializeFalseWhenThePoolCannotFit()
    {
        using var app = new VoiceForgeAppV2(Config("""
            resources: {total_ram_gb: 1024, allocation: {audio_buffers_gb: 64}}
            buffer_pool: {num_slots: 160, slot_size_samples: 100000000}
            """), _backend);
        if (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes > 64L << 30)
            return; // such a machine has room for any pool that a configuration can name

        Assert.False(app.Initialize());

        Assert.StartsWith("High memory usage: ", app.LastError);
        Assert.Contains("'buffer_pool.num_slots' (now 160)", app.LastError);
    }

    [Fact]
    public void FourthCommonIssue_StateTransitionInvalid_NamesTheStateAndWhatToDo()
    {
        using var pool = new BufferPool(4096, 2);
        using var stream = new AudioStreamV2(0, 7, pool, backend: _backend);
        Assert.True(stream.Start());

        Assert.False(stream.Start());

        Assert.Equal("State transition invalid: a stream starts from Stopped, this one is Running; stop it first.", stream.LastError);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void S16_Failsafe_LeavesASnapshotWithAudioOnlyWhenAskedFor(bool audio)
    {
        using var app = Running($"{Settings}debug: {{snapshots: {{audio: {(audio ? "true" : "false")}}}}}");
        for (var block = 0; block < 4; block++)
            _backend.Play(0.25f);
        for (var block = 0; block < 5; block++)
            _backend.Play(float.NaN);
        app.Stop();
        app.Dispose();

        var snapshot = Assert.Single(Snapshots());
        Assert.EndsWith("_failsafe", snapshot, StringComparison.Ordinal);
        Assert.Equal(audio ? 3 : 1, Directory.GetFiles(snapshot).Length);
        if (audio)
        {
            var heard = WavFile.Read(Path.Combine(snapshot, "audio_output.wav"), out _, out _);
            Assert.Equal(9 * 64, heard.Length);
            Assert.Equal(0.25f, heard[0]);
            Assert.All(heard, value => Assert.True(float.IsFinite(value)));
        }
    }

    [Fact]
    public void SnapshotsSwitchedOff_AreNotWritten()
    {
        using var app = Running($"{Settings}debug: {{snapshots: {{on_error: false}}}}");
        for (var block = 0; block < 5; block++)
            _backend.Play(float.NaN);
        app.Stop();
        app.Dispose();

        Assert.Empty(Snapshots());
    }

    [Fact]
    public void F67_LogsThatCannotBeWritten_DisturbNobody()
    {
        _environment.Folder.Write("logs", "a file where the folder should be");
        using var app = Running();
        for (var block = 0; block < 5; block++)
            _backend.Play(float.NaN);
        app.Observer!.Housekeeper.RunDue(Minute);
        for (var block = 0; block < 20; block++)
            _backend.Play(0.5f); // cross-faded

        Assert.Equal(0.5f, _backend.Play(0.5f)[0]); // bypassed: the golden path has no processing to distrust
        app.Stop();
        Assert.True(app.StartGoldenPath(), app.LastError);
    }

    [Fact]
    public async Task F74_TerminationSignal_StopsAudioAndEndsTheWait()
    {
        using var app = Running();
        var shutdown = app.WaitForShutdownAsync();
        var signal = new PosixSignalContext(PosixSignal.SIGTERM);

        app.OnSignal(signal);
        await shutdown.WaitAsync(Limit);

        Assert.True(signal.Cancel);
        Assert.Equal(1, _backend.Closed);
    }

    [Fact]
    public void Metrics_SayWhatStreamPoolAndCachesCount()
    {
        using var app = Running();
        for (var block = 0; block < 3; block++)
            _backend.Play(0.5f);
        foreach (var sample in new[] { 1, 2, 1 })
            app.FeatureCache.GetOrExtract(new("test", 48000), [sample], _ => new float[10]);
        var values = new Dictionary<string, double>(StringComparer.Ordinal);
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, own) =>
            {
                if (instrument.Meter.Name == "VoiceForge")
                    own.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => values[instrument.Name] = value);
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => values[instrument.Name] = value);
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => values[instrument.Name] = value);

        listener.Start();
        listener.RecordObservableInstruments();

        Assert.Equal(3, values["voiceforge.stream.blocks"]);
        Assert.Equal(1, values["voiceforge.pool.slots_in_use"]);
        Assert.Equal(0, values["voiceforge.integrity.failures"]);
        Assert.Equal((1, 2), (values["voiceforge.feature_cache.hits"], values["voiceforge.feature_cache.misses"]));
        Assert.True(values["voiceforge.feature_cache.bytes"] >= 40);
        Assert.Equal(0, values["voiceforge.model_cache.bytes"]);
        Assert.Equal(16, values.Count);
        Assert.True(values["voiceforge.stream.latency.p99"] > 0);
    }

    // One bit of the guard behind the slot, as a loop that runs one too far would.
    private static unsafe void Damage(BufferLease lease)
    {
        var start = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(lease.Samples));
        start[lease.Samples.Length * sizeof(float)] ^= 1;
    }

    private string[] Snapshots() =>
        _environment.Folder.PathOf("logs/snapshots") is var path && Directory.Exists(path) ? Directory.GetDirectories(path) : [];

    private JsonElement Json(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(_environment.Folder.PathOf(name)));
        return document.RootElement.Clone();
    }

    private VoiceForgeAppV2 Running(string yaml = Settings)
    {
        var app = Initialized(yaml);
        Assert.True(app.StartGoldenPath(), app.LastError);
        return app;
    }

    private VoiceForgeAppV2 Initialized(string yaml)
    {
        var app = new VoiceForgeAppV2(Config(yaml), _backend);
        Assert.True(app.Initialize(), app.LastError);
        return app;
    }

    private VoiceForgeConfig Config(string yaml) => VoiceForgeConfig.Load(_environment.Folder.Write("given.yaml", yaml));
}
