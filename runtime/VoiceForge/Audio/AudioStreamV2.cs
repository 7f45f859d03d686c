using System.Diagnostics;

namespace VoiceForge.Audio;

/// <summary>An audio stream that processes each block inside the device callback and survives processing that fails.</summary>
/// <remarks>
/// <para>Any thread may call any member, the processing callback included: there <see cref="Stop"/> and <see cref="Dispose()"/> only
/// request the stop, and <see cref="Start"/> is <see langword="false"/>.</para>
/// <para>A block is bad when the callback throws, returns <see langword="null"/>, another length, a number that is not finite or one
/// above 8 (18 dB over full scale), or when the device's input is not finite. It is replaced at once by what <see cref="AudioStreamOptions.FailsafeMode"/> says. Failsafe is entered
/// after <see cref="AudioStreamOptions.MaxConsecutiveErrors"/> bad blocks in a row or 10 of the last 40, and left after two seconds of
/// audio in which the callback, run unheard, was good; each relapse within a minute doubles them. What is played never exceeds ±1.</para>
/// <para>Processing that takes longer than a block lasts, on a live device, counts as an error too. A device that falls silent for 50 ms (or
/// eight blocks) means failsafe; it is opened again after 0.1 s, then at doubling intervals up to 5 s, and after ten times given up
/// (<see cref="StreamState.Failed"/>). Changes of what is heard are cross-faded within 5 ms.</para>
/// <para>Latency: <see cref="LatencySamples"/>. With <see cref="SetProcessor"/>, or without processing, the audio
/// thread allocates nothing; with <see cref="SetProcessingCallback"/> it makes one array per block.</para>
/// </remarks>
public class AudioStreamV2 : IAudioStream
{
    private static readonly TimeSpan MonitorPeriod = TimeSpan.FromMilliseconds(10);

    private readonly Lock _lifecycle = new(); // never taken on the audio thread
    private readonly Lock _monitorLock = new();
    private readonly StreamStateMachine _machine = new();
    private readonly StreamEngine _engine;
    private readonly BufferPool _bufferPool;
    private readonly AudioStreamFormat _format;
    private AudioStreamFormat _opened; // with the devices that were chosen
    private readonly IAudioBackend? _givenBackend;
    private readonly TimeProvider _time;
    private IAudioBackend? _ownBackend;
    private readonly DeviceWatchdog _watchdog;
    private readonly TimeSpan _fadeOutLimit;
    private IAudioDeviceStream? _device;
    private Thread? _monitor;
    private string? _failure;
    private volatile bool _disposed;

    /// <param name="inputDeviceIndex">Index of an input among the backend's devices, or -1 for its default.</param>
    /// <param name="outputDeviceIndex">Index of an output, or -1 for the default.</param>
    /// <param name="bufferPool">Where the stream's blocks come from while it runs (one slot, two in <see cref="FailsafeMode.Hold"/>); it also says how many channels there are. Not disposed here.</param>
    /// <param name="sampleRate">In Hz, 8000 to 192000.</param>
    /// <param name="bufferSize">Frames per block, 32 to 4096, at most a slot of the pool.</param>
    /// <param name="backend">The sound system, not disposed here. Without one <c>VOICEFORGE_BACKEND</c>, <c>config.yaml</c> and the machine's devices are asked, in this order, at
    /// <see cref="Start"/>; then <c>VOICEFORGE_INPUT</c> and <c>VOICEFORGE_OUTPUT</c> win over the indices, and -1 leaves the device to <c>config.yaml</c>.</param>
    /// <param name="options">Failsafe settings, or <see langword="null"/> for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public AudioStreamV2(
        int inputDeviceIndex, int outputDeviceIndex, BufferPool bufferPool, int sampleRate = 48000, int bufferSize = 256,
        IAudioBackend? backend = null, AudioStreamOptions? options = null)
        : this(inputDeviceIndex, outputDeviceIndex, bufferPool, sampleRate, bufferSize, backend, options, TimeProvider.System)
    {
    }

    internal AudioStreamV2(
        int inputDeviceIndex, int outputDeviceIndex, BufferPool bufferPool, int sampleRate, int bufferSize,
        IAudioBackend? backend, AudioStreamOptions? options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(bufferPool);
        ThrowIfNotWithin(sampleRate, 8000, 192000, nameof(sampleRate));
        ThrowIfNotWithin(bufferSize, 32, Math.Min(4096, bufferPool.SlotSizeSamples), nameof(bufferSize));
        options ??= new AudioStreamOptions();
        ThrowIfNotWithin(options.MaxConsecutiveErrors, 1, 1000, nameof(options));

        _bufferPool = bufferPool;
        _givenBackend = backend;
        _time = time;
        _opened = _format = new AudioStreamFormat(inputDeviceIndex, outputDeviceIndex, sampleRate, bufferSize, bufferPool.Channels);
        _engine = new StreamEngine(_machine, _format, options, time);
        _watchdog = new DeviceWatchdog(sampleRate, bufferSize);
        _fadeOutLimit = TimeSpan.FromMilliseconds(10) + TimeSpan.FromSeconds(2.0 * bufferSize / sampleRate);
        LatencySamples = (options.ProcessingMode == ProcessingMode.Inline ? 2 : 3) * bufferSize;
    }

    /// <summary>Raised once for each transition, in order, on a thread of its own; never on the audio thread, so up to 10 ms later.</summary>
    public event EventHandler<StreamStateChange>? StateChanged;

    /// <inheritdoc/>
    public StreamState State => _machine.State;

    /// <summary>Whether audio flows: <see cref="StreamState.Running"/> or <see cref="StreamState.Failsafe"/>.</summary>
    public bool IsRunning => State is StreamState.Running or StreamState.Failsafe;

    /// <summary>Frames from a sample's arrival at the input to its leaving the output, without the device's own buffers: two blocks, or three when offloaded.</summary>
    public int LatencySamples { get; }

    /// <summary>Why the last <see cref="Start"/> was refused or the device failed, else what the last bad block of this run suffered from; <see langword="null"/> when there was nothing.</summary>
    public string? LastError => Volatile.Read(ref _failure) ?? _engine.LastFault;

    /// <inheritdoc/>
    public virtual bool Start()
    {
        if (_engine.IsInsideCallback)
            return false;

        lock (_lifecycle)
        {
            if (_disposed)
                return Fail("The stream is disposed; make a new one.");
            if (_engine.IsInCallback)
                return Fail("The processing callback of the last run has not returned yet; start again when it has.");
            if (!_machine.TryTransition(StreamState.Stopped, StreamState.Starting))
                return Fail($"State transition invalid: a stream starts from Stopped, this one is {State}; stop it first.");

            Volatile.Write(ref _failure, null);
            try
            {
                Open();
            }
            catch (Exception exception) // whatever a backend throws, the caller gets false and the reason
            {
                Fail(exception.Message);
                Close();
                _machine.TryTransition(StreamState.Starting, StreamState.Failed, _failure);
                _machine.TryTransition(StreamState.Failed, StreamState.Stopped);
                EnsureMonitor();
                return false;
            }

            _machine.TryTransition(StreamState.Starting, StreamState.Running);
            EnsureMonitor();
            return true;
        }
    }

    /// <inheritdoc/>
    public virtual void Stop()
    {
        if (_engine.IsInsideCallback)
        {
            BeginStop(reason: null); // the monitor closes the device once this callback has returned
            return;
        }

        lock (_lifecycle)
        {
            FinishStop(reason: null);
            _machine.TryTransition(StreamState.Failed, StreamState.Stopped);
        }

        EnsureMonitor();
    }

    /// <inheritdoc/>
    public virtual void SetProcessingCallback(Func<float[], float[]>? callback) =>
        _engine.Processing = callback is null ? null : new BlockProcessing(callback);

    /// <summary>Sets processing that allocates nothing, instead of <see cref="SetProcessingCallback"/>; <see langword="null"/> passes audio straight through. Takes effect with the next block.</summary>
    public void SetProcessor(AudioProcessor? processor) =>
        _engine.Processing = processor is null ? null : new BlockProcessing(processor);

    /// <summary>The counters since the stream was made.</summary>
    public AudioStreamStatistics GetStats() => _engine.GetStatistics();

    /// <summary>Stops the stream; it cannot be started again.</summary>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Stops the stream.</summary>
    /// <param name="disposing">Always <see langword="true"/>: there is no finalizer.</param>
    protected virtual void Dispose(bool disposing)
    {
        _disposed = true;
        Stop();
    }

    private static void ThrowIfNotWithin(int value, int least, int most, string parameter)
    {
        if (value < least || value > most)
            throw new ArgumentOutOfRangeException(parameter, value, $"Expected {least} to {most}.");
    }

    private bool Fail(string reason)
    {
        Volatile.Write(ref _failure, reason);
        return false;
    }

    private void Open()
    {
        _engine.Prepare(_bufferPool);
        if (_givenBackend is null)
        {
            var config = AudioBackendSelection.FindConfig();
            _ownBackend = AudioBackendSelection.Create(config);
            _opened = AudioBackendSelection.ChooseDevices(_ownBackend, _format, config);
        }

        OpenDevice(_givenBackend ?? _ownBackend!);
        _watchdog.Start(_time.GetTimestamp(), _engine.Callbacks);
    }

    private void OpenDevice(IAudioBackend backend)
    {
        _device = backend.Open(_opened, _engine.OnBlock);
        _engine.Attach(_device.IsLive);
        _device.Start();
    }

    // Everything that Open may have got hold of.
    private void Close()
    {
        CloseDevice();
        _ownBackend?.Dispose();
        _ownBackend = null;
        if (!_engine.Release())
            Fail("The processing callback has not returned within a second; its thread is left behind until it does.");
    }

    private void CloseDevice()
    {
        var device = _device;
        _device = null;
        if (device is null)
            return;

        Attempt(device.Stop);
        Attempt(device.Dispose);
    }

    private void Attempt(Action step)
    {
        try
        {
            step();
        }
        catch (Exception exception) // a device that failed while it ran says so here; one that does worse must not end the process
        {
            Fail(exception.Message);
        }
    }

    private bool BeginStop(string? reason)
    {
        while (State is var state and (StreamState.Running or StreamState.Failsafe))
        {
            if (_machine.TryTransition(state, StreamState.Stopping, reason))
                break; // otherwise the audio thread went into or out of failsafe just now
        }

        return State == StreamState.Stopping;
    }

    private void FinishStop(string? reason)
    {
        if (!BeginStop(reason))
            return;

        if (_device is { IsLive: true } && !_watchdog.IsLost)
            SpinWait.SpinUntil(() => _engine.HasFadedOut, _fadeOutLimit);
        var failureBefore = _failure;
        Close();
        var failed = !ReferenceEquals(_failure, failureBefore);
        _machine.TryTransition(StreamState.Stopping, failed ? StreamState.Failed : StreamState.Stopped, failed ? _failure : null);
    }

    private void EnsureMonitor()
    {
        lock (_monitorLock)
        {
            if (_monitor is not null)
                return;

            _monitor = new Thread(RunMonitor) { IsBackground = true, Name = "VoiceForge stream monitor" };
            _monitor.Start();
        }
    }

    // Looks instead of being woken: waking a thread takes a lock, which the audio thread must not.
    private void RunMonitor()
    {
        while (true)
        {
            RaiseStateChanges();
            FinishWhatTheAudioThreadBegan();
            WatchDevice();
            lock (_monitorLock)
            {
                if (State is StreamState.Stopped or StreamState.Failed && !_machine.HasTransitions)
                {
                    _monitor = null;
                    return;
                }
            }

            Thread.Sleep(MonitorPeriod);
        }
    }

    private void WatchDevice()
    {
        lock (_lifecycle)
        {
            if (!IsRunning || _device is { IsLive: false })
                return;

            var callbacks = _engine.Callbacks; // before the time: held up between the two, this thread must not see a device race
            switch (_watchdog.Look(_time.GetTimestamp(), callbacks))
            {
                case DeviceVerdict.Alive:
                    return;
                case DeviceVerdict.GivenUp:
                    GiveUp();
                    return;
                case DeviceVerdict.Reopen when !_engine.IsInCallback: // a callback that hangs would hang whoever closes its device
                    EnterFailsafe();
                    Reopen();
                    return;
                default:
                    EnterFailsafe();
                    return;
            }
        }
    }

    private void EnterFailsafe()
    {
        var reason =
            _watchdog.IsRacing ? "The device asks for blocks more than four times as fast as it can play them." : // first: whoever races is in a callback, too
            _engine.IsInCallback ? $"The processing callback has not returned within {_watchdog.SilenceLimit.TotalMilliseconds:0} ms." :
            $"The device has asked for no block within {_watchdog.SilenceLimit.TotalMilliseconds:0} ms.";
        if (!_machine.TryTransition(StreamState.Running, StreamState.Failsafe, reason))
            return;

        Fail(reason);
        if (_watchdog.IsRacing)
            _engine.HoldBack();
        _engine.CountFailsafeEntry();
    }

    private void Reopen()
    {
        try
        {
            CloseDevice();
            OpenDevice(_givenBackend ?? _ownBackend!);
        }
        catch (Exception exception) // whatever a backend throws, the next attempt comes later
        {
            Fail(exception.Message);
        }

        _watchdog.Reopened(_time.GetTimestamp(), _engine.Callbacks);
    }

    private void GiveUp()
    {
        if (_engine.IsInCallback)
            return;

        var reason = $"The device was opened again ten times in vain: {LastError}";
        if (_machine.TryTransition(StreamState.Failsafe, StreamState.Failed, reason))
        {
            Close();
            Fail(reason);
        }
    }

    private void FinishWhatTheAudioThreadBegan()
    {
        if (State != StreamState.Stopping && !(IsRunning && _engine.EndOfInputSeen))
            return;

        lock (_lifecycle)
        {
            if (State == StreamState.Stopping || _engine.EndOfInputSeen)
                FinishStop(_engine.EndOfInputSeen ? "The input has ended." : null);
        }

        RaiseStateChanges();
    }

    private void RaiseStateChanges()
    {
        while (_machine.TryTakeTransition(out var change))
        {
            try
            {
                StateChanged?.Invoke(this, change);
            }
            catch (Exception exception) // a handler's fault must not end the thread that closes devices
            {
                Trace.TraceError($"A handler of StateChanged failed on {change}: {exception}");
            }
        }
    }
}
