using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using VoiceForge.Audio;
using VoiceForge.Core;
using VoiceForge.Monitoring;

namespace VoiceForge;

/// <summary>The application: configuration, buffer pool and the golden path, the stream that passes audio through without processing.</summary>
/// <remarks>
/// <para>Any thread may call any member. <see cref="Initialize"/> commits the buffer pool (about half a second per GiB); nothing else blocks for long.</para>
/// <para>From then on a thread of its own checks the pool every 60 seconds, records in <c>logs/health.json</c> of the working directory how
/// long and how well audio flows, and writes a snapshot into <c>logs/snapshots</c> when failsafe is entered, a check fails, a block takes
/// too long (<c>processing.latency.critical_threshold_ms</c>) or a device fails. Snapshots hold what was heard only with <c>debug.snapshots.audio: true</c>. <c>logs/debug.log</c> has every
/// message. Files that cannot be written never stop audio. Counters are metrics of the meter <c>VoiceForge</c>.</para>
/// </remarks>
public sealed partial class VoiceForgeAppV2 : IDisposable
{
    private static readonly TimeSpan MostPatience = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private ILogger _logger; // with the file, once Initialize knows that this program is to run
    private readonly IAudioBackend? _givenBackend;
    private VoiceForgeConfig? _config;
    private BufferPool? _bufferPool;
    private AppCaches? _caches;
    private AppObserver? _observer;
    private IAudioBackend? _ownBackend;
    private AudioStreamV2? _stream;
    private TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _lastError;
    private bool _disposed;

    /// <summary>Takes <c>config.yaml</c> beside the executable, else in the working directory, when <see cref="Initialize"/> is called.</summary>
    public VoiceForgeAppV2() => _logger = NullLogger.Instance;

    /// <param name="config">The settings.</param>
    /// <param name="backend">The sound system, not disposed here; <see langword="null"/> takes the environment's, else the configuration's.</param>
    /// <param name="loggerFactory">Where to log; <see langword="null"/> logs nothing.</param>
    public VoiceForgeAppV2(VoiceForgeConfig config, IAudioBackend? backend = null, ILoggerFactory? loggerFactory = null)
    {
        ArgumentNullException.ThrowIfNull(config);
        _config = config;
        _givenBackend = backend;
        _logger = loggerFactory?.CreateLogger<VoiceForgeAppV2>() ?? (ILogger)NullLogger.Instance;
    }

    /// <summary>Why the last call returned <see langword="false"/>, or why the golden path ended; <see langword="null"/> when all is well.</summary>
    public string? LastError => Volatile.Read(ref _lastError) ?? Volatile.Read(ref _stream)?.LastError;

    /// <summary>The last check of the pool, at most 60 s old; <see langword="null"/> before <see cref="Initialize"/>.</summary>
    public IntegrityReport? LastIntegrity => Volatile.Read(ref _observer)?.Integrity;

    /// <summary>Models up to <c>resources.allocation.model_cache_gb</c>. Made at the first use; under memory pressure it gives back half of what is idle.</summary>
    /// <exception cref="InvalidOperationException"><see cref="Initialize"/> did not succeed yet.</exception>
    public ModelCache ModelCache => Caches.Models;

    /// <summary>Features up to <c>resources.allocation.feature_cache_gb</c>, as <see cref="ModelCache"/>.</summary>
    /// <exception cref="InvalidOperationException"><see cref="Initialize"/> did not succeed yet.</exception>
    public FeatureCache FeatureCache => Caches.Features;

    private AppCaches Caches => Volatile.Read(ref _caches) ?? throw new InvalidOperationException("There are no caches yet; call Initialize() first and check that it returns true.");

    internal BufferPool? BufferPool => Volatile.Read(ref _bufferPool);

    internal AppObserver? Observer => Volatile.Read(ref _observer);

    /// <summary>Reads the configuration and commits the buffer pool. Does nothing the second time.</summary>
    /// <returns><see langword="false"/> with the reason in <see cref="LastError"/>: no or a wrong <c>config.yaml</c>, or not enough memory.</returns>
    public bool Initialize()
    {
        lock (_lock)
        {
            if (_disposed)
                return Fail("The application is disposed; make a new one.");
            if (_observer is not null)
                return Succeed();

            try
            {
                _config ??= VoiceForgeConfig.Find() is { } path ? VoiceForgeConfig.Load(path) : null;
                if (_config is null)
                {
                    return Fail(
                        $"There is no config.yaml beside the executable ({AppContext.BaseDirectory}) or in the working directory " +
                        $"({Environment.CurrentDirectory}); write one with 'migrationkit config init'.");
                }

                var logs = Path.GetFullPath("logs");
                if (_logger is not DebugLog)
                    _logger = new DebugLog(Path.Combine(logs, "debug.log"), _logger, TimeProvider.System);
                if (_config.Audio.ValidateDevicesOnStartup)
                    CheckDevices(_config.Audio);
                if (!CommitPool(_config))
                    return false;

                var caches = new AppCaches(_config.Resources.Allocation);
                _observer = new AppObserver(_config, _bufferPool!, caches, _logger, logs, problem => Volatile.Write(ref _lastError, problem));
                Volatile.Write(ref _caches, caches);
            }
            catch (Exception exception) when (exception is VoiceForgeConfigException or IOException or InsufficientMemoryException or AudioBackendException)
            {
                return Fail(exception.Message);
            }

            return Succeed();
        }
    }

    /// <summary>Opens the devices and lets audio flow; returns at once. Does nothing while it flows.</summary>
    /// <returns><see langword="false"/> with the reason in <see cref="LastError"/>.</returns>
    public bool StartGoldenPath()
    {
        lock (_lock)
        {
            if (_bufferPool is null || _config is null || _observer is null || _disposed)
                return Fail("Call Initialize() first and check that it returns true.");
            if (_stream is { IsRunning: true })
                return Succeed();

            CloseStream();
            try
            {
                _stream = CreateStream(_config, _bufferPool, _observer);
            }
            catch (AudioBackendException exception)
            {
                _observer.OnStartFailed(exception.Message);
                return Fail(exception.Message);
            }

            var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _ended = ended;
            _stream.StateChanged += (_, change) => OnStateChanged(change, ended);
            _observer.Watch(_stream);
            if (_stream.Start())
                return Succeed();

            var reason = _stream.LastError ?? "The stream did not start.";
            _observer.OnStartFailed(reason);
            return Fail(reason);
        }
    }

    /// <summary>Stops audio and closes the devices. <see cref="Initialize"/> stays done. Does nothing the second time.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            _stream?.Stop();
        }
    }

    /// <summary>Completes when the golden path has ended: by <see cref="Stop"/>, because the input file is over (the output is complete then), or because the device failed (see <see cref="LastError"/>). At once when it does not run.</summary>
    /// <remarks>While somebody waits, Ctrl+C and SIGTERM call <see cref="Stop"/> instead of ending the process, so that the wait completes and the program ends in its own way.</remarks>
    /// <param name="cancellationToken">Ends the wait, not the audio.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return _stream is { State: not (StreamState.Stopped or StreamState.Failed) } ? WaitAsync(_ended.Task, cancellationToken) : Task.CompletedTask;
        }
    }

    /// <summary>Stops audio and frees pool and caches. Does nothing the second time.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            CloseStream();
            _observer?.Dispose();
            _caches?.Dispose();
            _bufferPool?.Dispose();
        }
    }

    internal void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true; // the process goes on until Main returns
        Stop();
    }

    private async Task WaitAsync(Task ended, CancellationToken cancellationToken)
    {
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        await ended.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private void CheckDevices(AudioConfig audio)
    {
        var own = _givenBackend is null ? AudioBackendSelection.Create(audio) : null;
        using (own)
            FindDevices(_givenBackend ?? own!, audio);
    }

    private AudioStreamFormat FindDevices(IAudioBackend backend, AudioConfig audio)
    {
        var format = new AudioStreamFormat(-1, -1, audio.SampleRate, audio.BufferSize, audio.Channels);
        return _givenBackend is null ? AudioBackendSelection.ChooseDevices(backend, format, audio) : format with
        {
            InputDeviceIndex = AudioBackendSelection.FindDevice(backend, audio.Input, isInput: true),
            OutputDeviceIndex = AudioBackendSelection.FindDevice(backend, audio.Output, isInput: false),
        };
    }

    private bool CommitPool(VoiceForgeConfig config)
    {
        var pool = config.BufferPool;
        var bytes = pool.NumSlots * Audio.BufferPool.SlotBytes(pool.SlotSizeSamples, config.Audio.Channels);
        if (MemoryLimit.RefusePool(config, bytes, MemoryLimit.Machine) is { } refusal)
            return Fail(refusal);
        if (MemoryLimit.WarnOfBudgets(config, bytes, MemoryLimit.Machine) is { } warning)
            LogWarning(warning);

        _bufferPool = new BufferPool(pool.SlotSizeSamples, pool.NumSlots, config.Audio.Channels);
        LogPool(_bufferPool.NumSlots, _bufferPool.GetUsageStats().TotalBytes);
        return true;
    }

    private AudioStreamV2 CreateStream(VoiceForgeConfig config, BufferPool bufferPool, AppObserver observer)
    {
        var backend = _givenBackend ?? (_ownBackend = AudioBackendSelection.Create(config.Audio));
        var failsafe = config.Processing.Failsafe;
        var format = FindDevices(backend, config.Audio);
        return new AudioStreamV2(
            format.InputDeviceIndex, format.OutputDeviceIndex,
            bufferPool, config.Audio.SampleRate, config.Audio.BufferSize, observer.Record(backend),
            new AudioStreamOptions
            {
                MaxConsecutiveErrors = failsafe.MaxConsecutiveErrors,
                AutoRecover = failsafe.AutoRecover,
                FailsafeMode = failsafe.Mode,
            });
    }

    private void CloseStream()
    {
        _stream?.Dispose();
        if (_stream is not null)
            _ended.Task.Wait(MostPatience); // the stream tells its last states on a thread of its own; what follows from them must be on disk
        _ownBackend?.Dispose();
        _ownBackend = null;
    }

    private void OnStateChanged(StreamStateChange change, TaskCompletionSource ended)
    {
        LogState(change.From, change.To, change.Reason);
        Volatile.Read(ref _observer)?.OnStateChanged(change); // before the wait ends: the program may, too
        if (change is { To: StreamState.Stopped } or { To: StreamState.Failed, From: not StreamState.Starting })
            ended.TrySetResult(); // a start that failed goes on to Stopped by itself
    }

    private bool Succeed()
    {
        Volatile.Write(ref _lastError, null);
        return true;
    }

    private bool Fail(string reason)
    {
        Volatile.Write(ref _lastError, reason);
        LogFailure(reason);
        return false;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Buffer pool committed: {Slots} slots, {Bytes} bytes")]
    private partial void LogPool(int slots, long bytes);

    [LoggerMessage(Level = LogLevel.Information, Message = "Audio stream {From} -> {To}: {Reason}")]
    private partial void LogState(StreamState from, StreamState to, string? reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Text}")]
    private partial void LogWarning(string text);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Reason}")]
    private partial void LogFailure(string reason);
}
