using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using VoiceForge.Audio;

namespace VoiceForge;

/// <summary>The application: configuration, buffer pool and the golden path, the stream that passes audio through without processing.</summary>
/// <remarks>Any thread may call any member. <see cref="Initialize"/> commits the buffer pool (about half a second per GiB); nothing else blocks for long.</remarks>
public sealed partial class VoiceForgeAppV2 : IDisposable
{
    private readonly Lock _lock = new();
    private readonly ILogger _logger;
    private readonly IAudioBackend? _givenBackend;
    private VoiceForgeConfig? _config;
    private BufferPool? _bufferPool;
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

    /// <summary>Reads the configuration and commits the buffer pool. Does nothing the second time.</summary>
    /// <returns><see langword="false"/> with the reason in <see cref="LastError"/>: no or a wrong <c>config.yaml</c>, or not enough memory.</returns>
    public bool Initialize()
    {
        lock (_lock)
        {
            if (_disposed)
                return Fail("The application is disposed; make a new one.");
            if (_bufferPool is not null)
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

                var pool = _config.BufferPool;
                _bufferPool = new BufferPool(pool.SlotSizeSamples, pool.NumSlots, _config.Audio.Channels);
            }
            catch (Exception exception) when (exception is VoiceForgeConfigException or IOException or InsufficientMemoryException)
            {
                return Fail(exception.Message);
            }

            LogPool(_bufferPool.NumSlots, _bufferPool.GetUsageStats().TotalBytes);
            return Succeed();
        }
    }

    /// <summary>Opens the devices and lets audio flow; returns at once. Does nothing while it flows.</summary>
    /// <returns><see langword="false"/> with the reason in <see cref="LastError"/>.</returns>
    public bool StartGoldenPath()
    {
        lock (_lock)
        {
            if (_bufferPool is null || _config is null || _disposed)
                return Fail("Call Initialize() first and check that it returns true.");
            if (_stream is { IsRunning: true })
                return Succeed();

            CloseStream();
            try
            {
                _stream = CreateStream(_config, _bufferPool);
            }
            catch (AudioBackendException exception)
            {
                return Fail(exception.Message);
            }

            var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _ended = ended;
            _stream.StateChanged += (_, change) => OnStateChanged(change, ended);
            return _stream.Start() ? Succeed() : Fail(_stream.LastError ?? "The stream did not start.");
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
    /// <param name="cancellationToken">Ends the wait, not the audio.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return _stream is { State: not (StreamState.Stopped or StreamState.Failed) } ? _ended.Task.WaitAsync(cancellationToken) : Task.CompletedTask;
        }
    }

    /// <summary>Stops audio and frees the pool. Does nothing the second time.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            CloseStream();
            _bufferPool?.Dispose();
        }
    }

    private AudioStreamV2 CreateStream(VoiceForgeConfig config, BufferPool bufferPool)
    {
        var backend = _givenBackend ?? (_ownBackend = AudioBackendSelection.Create(config.Audio));
        var failsafe = config.Processing.Failsafe;
        return new AudioStreamV2(
            AudioBackendSelection.FindDevice(backend, config.Audio.Input, isInput: true),
            AudioBackendSelection.FindDevice(backend, config.Audio.Output, isInput: false),
            bufferPool, config.Audio.SampleRate, config.Audio.BufferSize, backend,
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
        _ownBackend?.Dispose();
        _ownBackend = null;
    }

    private void OnStateChanged(StreamStateChange change, TaskCompletionSource ended)
    {
        LogState(change.From, change.To, change.Reason);
        if (change.To is StreamState.Stopped or StreamState.Failed)
            ended.TrySetResult();
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

    [LoggerMessage(Level = LogLevel.Error, Message = "{Reason}")]
    private partial void LogFailure(string reason);
}
