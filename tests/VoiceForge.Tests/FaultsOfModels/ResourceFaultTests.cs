using Microsoft.Extensions.Logging;
using VoiceForge.Audio;
using VoiceForge.Core;
using VoiceForge.Tests.Audio;
using VoiceForge.Tests.Core;

namespace VoiceForge.Tests.FaultsOfModels;

/// <summary>Faults 65 to 73 of docs/faults.md, as far as they concern an application's resources.</summary>
[Collection(EnvironmentCollection.Name)]
public sealed class ResourceFaultTests : IDisposable
{
    private const long GiB = 1L << 30;
    private const string Settings = "buffer_pool: {num_slots: 2, slot_size_samples: 4096}\naudio: {buffer_size: 64}\n";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    private readonly EnvironmentScope _environment = new();
    private readonly VirtualBackend _backend = new();

    public void Dispose()
    {
        _backend.Dispose();
        _environment.Dispose();
    }

    /// <summary>More than the cross-fade to the replacement takes.</summary>
    private const int FadeBlocks = 20;

    [Fact]
    public async Task F69_LogThatBlocks_DoesNotHoldUpAudio()
    {
        using var gate = new BlockingLogs();
        using var app = new VoiceForgeAppV2(Config(), _backend, gate);
        Assert.True(app.Initialize() && app.StartGoldenPath(), app.LastError);
        await gate.Entered(() =>
        {
            gate.Close();
            for (var block = 0; block < 5; block++)
                _backend.Play(float.NaN); // enters failsafe, which is logged
            for (var block = 0; block < FadeBlocks; block++)
                _backend.Play(0.5f);
        }).WaitAsync(Limit);

        for (var block = 0; block < 1000; block++)
            Assert.Equal(0.5f, _backend.Play(0.5f)[0]);

        gate.Open();
        app.Stop();
    }

    [Fact]
    public void F72_MemoryPressure_ShrinksTheCachesAndNeverThePool()
    {
        using var app = new VoiceForgeAppV2(Config(), _backend);
        Assert.True(app.Initialize() && app.StartGoldenPath(), app.LastError);
        for (var entry = 0; entry < 100; entry++)
            app.FeatureCache.GetOrExtract(new FeatureKey("test", 48000), [entry], _ => new float[1000]);
        using var used = app.ModelCache.GetOrLoad(new ModelLoader("cpu"), _environment.Folder.Write("used.onnx", TinyModel.Identity(padding: 1)));
        app.ModelCache.GetOrLoad(new ModelLoader("cpu"), _environment.Folder.Write("idle.onnx", TinyModel.Identity(padding: 2))).Dispose();
        var (features, pool) = (app.FeatureCache.GetStats().Bytes, app.BufferPool!.GetUsageStats());

        app.Observer!.CheckMemory(heldBytes: 15 * GiB, machineBytes: 16 * GiB);

        Assert.InRange(app.FeatureCache.GetStats().Bytes, 1, features / 2);
        Assert.Equal(1, app.ModelCache.GetStats().Entries); // the one in use stays
        Assert.False(used.Model.IsDisposed);
        Assert.Equal((pool.TotalSlots, pool.TotalBytes), (app.BufferPool.GetUsageStats().TotalSlots, app.BufferPool.GetUsageStats().TotalBytes));
        Assert.Equal(0.5f, _backend.Play(0.5f)[0]);
        Assert.Contains("High memory usage", File.ReadAllText(_environment.Folder.PathOf("logs/debug.log")), StringComparison.Ordinal);
    }

    [Fact]
    public void F72_EnoughMemory_LeavesTheCachesAlone()
    {
        using var app = new VoiceForgeAppV2(Config(), _backend);
        Assert.True(app.Initialize(), app.LastError);
        app.FeatureCache.GetOrExtract(new FeatureKey("test", 48000), [1], _ => new float[1000]);
        var before = app.FeatureCache.GetStats();

        app.Observer!.CheckMemory(heldBytes: 8 * GiB, machineBytes: 16 * GiB);

        Assert.Equal(before, app.FeatureCache.GetStats());
    }

    [Fact]
    public void CachesOfAnApplication_HaveItsBudgetsAndAreCheckedWithThePool()
    {
        using var app = new VoiceForgeAppV2(Config("resources: {allocation: {model_cache_gb: 0.5, feature_cache_gb: 0.25}}"), _backend);
        Assert.Throws<InvalidOperationException>(() => app.ModelCache);
        Assert.True(app.Initialize(), app.LastError);

        Assert.Equal((GiB / 2, GiB / 4), (app.ModelCache.GetStats().BudgetBytes, app.FeatureCache.GetStats().BudgetBytes));
        var model = app.ModelCache.GetOrLoad(new ModelLoader("cpu"), _environment.Folder.Write("voice.onnx", TinyModel.Identity()));
        model.Model.LetGo(); // as one who disposes what is not theirs
        model.Dispose();
        app.Observer!.Housekeeper.RunDue(TimeSpan.FromMinutes(1));

        Assert.False(app.LastIntegrity!.IsHealthy);
        Assert.Contains("was disposed by somebody else", Assert.Single(app.LastIntegrity.Problems), StringComparison.Ordinal);
        Assert.StartsWith("Integrity check failed: ", app.LastError, StringComparison.Ordinal);
    }

    private VoiceForgeConfig Config(string more = "") => VoiceForgeConfig.Load(_environment.Folder.Write("settings.yaml", Settings + more));

    private sealed class BlockingLogs : ILoggerFactory, ILogger
    {
        private readonly ManualResetEventSlim _open = new(initialState: true);
        private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Entered(Action cause)
        {
            cause();
            return _entered.Task;
        }

        public void Close() => _open.Reset();

        public void Open() => _open.Set();

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!_open.IsSet)
                _entered.TrySetResult();
            _open.Wait(Limit);
        }

        public void Dispose()
        {
        }
    }
}
