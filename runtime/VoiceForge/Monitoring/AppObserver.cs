using System.Diagnostics;
using Microsoft.Extensions.Logging;
using VoiceForge.Audio;

namespace VoiceForge.Monitoring;

/// <summary>
/// Watches an application from <c>Initialize</c> to <c>Dispose</c>: integrity every 60 s, <c>logs/health.json</c> every 10 s, latency every
/// second, snapshots when something goes wrong, metrics. Never on the audio thread, but for the history of <see cref="Record"/>.
/// </summary>
internal sealed partial class AppObserver : IDisposable
{
    private static readonly TimeSpan LatencyPeriod = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan HealthPeriod = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan IntegrityPeriod = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan HistoryLength = TimeSpan.FromSeconds(5);

    private readonly VoiceForgeConfig _config;
    private readonly BufferPool _pool;
    private readonly AppCaches _caches;
    private readonly ILogger _logger;
    private readonly Action<string> _onProblem;
    private readonly SnapshotFolder _snapshots;
    private readonly HealthFile _health;
    private readonly AppMetrics _metrics;
    private readonly AudioHistory? _history;
    private readonly TimeSpan _block;
    private AudioStreamV2? _stream;
    private IntegrityReport? _integrity;
    private long _integrityFailures;
    private long _flowingSince;
    private TimeSpan _worstLatency;
    private bool _memoryIsHigh;

    /// <param name="config">The settings.</param>
    /// <param name="pool">A pool that outlives this.</param>
    /// <param name="caches">Caches that do, too.</param>
    /// <param name="logger">Where to log.</param>
    /// <param name="folder">The folder <c>logs</c>; made when needed.</param>
    /// <param name="onProblem">Told what users must know.</param>
    public AppObserver(VoiceForgeConfig config, BufferPool pool, AppCaches caches, ILogger logger, string folder, Action<string> onProblem)
    {
        var runId = Guid.NewGuid();
        _config = config;
        _pool = pool;
        _caches = caches;
        _logger = logger;
        _onProblem = onProblem;
        _block = TimeSpan.FromSeconds((double)config.Audio.BufferSize / config.Audio.SampleRate);
        _snapshots = new SnapshotFolder(Path.Combine(folder, "snapshots"), runId, TimeProvider.System);
        _health = new HealthFile(Path.Combine(folder, "health.json"), runId, TimeProvider.System);
        if (config.Debug.Snapshots.Audio)
        {
            _history = new AudioHistory(
                (int)(HistoryLength.TotalSeconds * config.Audio.SampleRate) * config.Audio.Channels, config.Audio.BufferSize * config.Audio.Channels);
        }

        CheckIntegrity();
        _metrics = new AppMetrics(() => Volatile.Read(ref _stream)?.GetStats() ?? default, pool.GetUsageStats, caches, () => Volatile.Read(ref _integrityFailures));
        Housekeeper = new Housekeeper(LogFault, (LatencyPeriod, CheckLatency), (HealthPeriod, WriteHealth), (IntegrityPeriod, CheckIntegrity), (HealthPeriod, CheckMemory));
    }

    /// <summary>Does the work; tests ask it for what is due.</summary>
    public Housekeeper Housekeeper { get; }

    /// <summary>The last integrity check.</summary>
    public IntegrityReport? Integrity => Volatile.Read(ref _integrity);

    /// <summary>The backend to open the stream on: one that records when snapshots may hold audio, else the given one.</summary>
    public IAudioBackend Record(IAudioBackend backend) => _history is null ? backend : new RecordingBackend(backend, _history);

    /// <summary>The stream to watch from now on; it is about to start.</summary>
    public void Watch(AudioStreamV2 stream)
    {
        _worstLatency = TimeSpan.Zero;
        Volatile.Write(ref _flowingSince, Stopwatch.GetTimestamp());
        Volatile.Write(ref _stream, stream);
    }

    /// <summary>The golden path could not be started.</summary>
    public void OnStartFailed(string reason)
    {
        if (_config.Debug.Snapshots.OnError)
            TakeSnapshot("golden_path_failure", "audio_start", reason);
    }

    /// <summary>The watched stream changed its state.</summary>
    public void OnStateChanged(StreamStateChange change)
    {
        if (change.To == StreamState.Failsafe && _config.Debug.Snapshots.OnError)
            TakeSnapshot("failsafe", "running", change.Reason);
        if (change is { To: StreamState.Failed, From: not StreamState.Starting } && _config.Debug.Snapshots.OnError)
            TakeSnapshot("device_failure", "running", change.Reason);
        if (change is { To: StreamState.Stopped or StreamState.Failed, From: not StreamState.Failed and not StreamState.Starting })
            WriteHealthOrLog();
    }

    public void Dispose()
    {
        Housekeeper.Dispose();
        _metrics.Dispose();
    }

    private void CheckIntegrity()
    {
        var report = _pool.ValidateIntegrity();
        if (_caches.FindFaults().ToList() is { Count: > 0 } faults)
            report = new IntegrityReport(IsHealthy: false, [.. report.Problems, .. faults], report.Duration);
        Volatile.Write(ref _integrity, report);
        if (report.IsHealthy)
        {
            LogIntegrity(report.Duration.TotalMilliseconds);
            return;
        }

        Interlocked.Increment(ref _integrityFailures); // read by the metrics' listener
        var problem =
            $"Integrity check failed: {string.Join("; ", report.Problems)}. Something wrote outside its lease, or used one after its release; damaged slots are " +
            "quarantined and audio goes on. Details are in logs/debug.log, a snapshot in logs/snapshots (key 'debug.snapshots.on_error'); report it as a bug with both.";
        LogProblem(problem);
        _onProblem(problem);
        if (_config.Debug.Snapshots.OnError)
            TakeSnapshot("buffer_pool_corruption", "integrity_check", problem);
    }

    private void CheckLatency()
    {
        if (Volatile.Read(ref _stream)?.GetStats().Latency.Max is not { } worst || worst.TotalMilliseconds <= _config.Processing.CriticalLatencyMs || worst <= _worstLatency)
            return;

        _worstLatency = worst;
        LogSpike(worst.TotalMilliseconds);
        if (_config.Debug.Snapshots.OnLatencySpike)
            TakeSnapshot("latency_spike", "running", $"A block took {worst.TotalMilliseconds:0.0} ms.");
    }

    private void CheckMemory() => CheckMemory(Environment.WorkingSet, MemoryLimit.Machine);

    /// <summary>Warns when the process holds too much, and has the caches give back half of what is idle; the pool never shrinks.</summary>
    internal void CheckMemory(long heldBytes, long machineBytes)
    {
        var warning = MemoryLimit.WarnOfUse(_config, heldBytes, machineBytes);
        if (warning is not null && !_memoryIsHigh)
            LogWarning(warning);
        if (warning is not null && _caches.Halve() is var freed and > 0)
            LogShrunk(freed);
        _memoryIsHigh = warning is not null; // once for each time it gets there
    }

    private void WriteHealth()
    {
        if (Volatile.Read(ref _stream) is not { } stream || stream.State is StreamState.Stopped or StreamState.Failed)
            return; // what the last run ended with stays

        WriteHealthOf(stream);
    }

    private void WriteHealthOrLog()
    {
        try
        {
            if (Volatile.Read(ref _stream) is { } stream)
                WriteHealthOf(stream);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            LogFault(exception);
        }
    }

    private void WriteHealthOf(AudioStreamV2 stream) =>
        _health.Write(Stopwatch.GetElapsedTime(Volatile.Read(ref _flowingSince)), stream.State, stream.GetStats(), _block, Integrity, stream.LastError);

    // What was heard is copied where the snapshot is written: soon enough, and not on the thread that closes devices.
    private void TakeSnapshot(string reason, string stage, string? error)
    {
        var stream = Volatile.Read(ref _stream);
        var snapshot = new Snapshot(reason, stage, error, _config.Audio, stream?.State, stream?.GetStats(), _pool.GetUsageStats());
        if (Housekeeper is null)
            WriteSnapshot(snapshot); // the check of the constructor
        else
            Housekeeper.Post(() => WriteSnapshot(snapshot));
    }

    private void WriteSnapshot(Snapshot snapshot)
    {
        if (_snapshots.Write(snapshot, _history) is { } path)
            LogSnapshot(path);
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Integrity check passed in {Milliseconds:0.000} ms")]
    private partial void LogIntegrity(double milliseconds);

    [LoggerMessage(Level = LogLevel.Critical, Message = "{Problem}")]
    private partial void LogProblem(string problem);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Text}")]
    private partial void LogWarning(string text);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Caches gave back {Bytes} bytes")]
    private partial void LogShrunk(long bytes);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Latency spike: a block took {Milliseconds:0.0} ms")]
    private partial void LogSpike(double milliseconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "Snapshot written: {Path}")]
    private partial void LogSnapshot(string path);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Housekeeping failed")]
    private partial void LogFault(Exception exception);
}
