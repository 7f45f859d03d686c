using System.Numerics.Tensors;

namespace VoiceForge.Audio;

/// <summary>
/// What an <see cref="AudioStreamV2"/> does on the audio thread: processes, judges, replaces and counts. Nothing here locks, waits, logs,
/// throws or, but for the <c>Func</c> shape of the callback, allocates.
/// </summary>
internal sealed class StreamEngine
{
    private static readonly TimeSpan RecoveryTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan HoldTime = TimeSpan.FromMilliseconds(20);

    // What is heard, for the fader, where it is not the processing itself.
    private static readonly object Silence = new();
    private static readonly object Unprocessed = new();
    private static readonly object Held = new();

    private readonly StreamStateMachine _machine;
    private readonly AudioStreamOptions _options;
    private readonly TimeProvider _time;
    private readonly int _channels;
    private readonly int _samples;
    private readonly int _recoveryBlocks;
    private readonly int _holdFrames;
    private readonly long _blockTicks;
    private readonly LatencyHistogram _latency = new();
    private readonly SourceFader _fader;
    private readonly StreamInput _input;
    private readonly long _gapTicks;

    private FailsafePolicy _policy;
    private BufferLease _work;
    private BufferLease _held;
    private int _heldFramesPlayed = int.MaxValue; // of the held block since it was last fresh
    private OffloadedProcessing? _offloaded;
    private BlockProcessing? _processing;
    private bool _isLive;
    private volatile bool _isRacing; // set by the monitor
    private long _lastBegin;
    private int _threadId;
    private bool _endOfInput;
    private volatile bool _hasFadedOut;
    private int _owesBuffers; // 1: whoever comes last gives them back
    private object? _faultDetail;
    private int _fault;
    private long _callbacks;
    private long _xruns;
    private long _rejectedBlocks;
    private long _deadlineMisses;
    private long _failsafeEntries;
    private long _allocatedBytes;
    private long _modeRepairs;
    private long _clockCorrections;

    public StreamEngine(StreamStateMachine machine, AudioStreamFormat format, AudioStreamOptions options, TimeProvider time)
    {
        _machine = machine;
        _options = options;
        _time = time;
        _channels = format.Channels;
        _samples = format.BufferSize * format.Channels;
        _recoveryBlocks = (int)Math.Ceiling(RecoveryTime.TotalSeconds * format.SampleRate / format.BufferSize);
        _holdFrames = (int)(HoldTime.TotalSeconds * format.SampleRate);
        _blockTicks = time.TimestampFrequency * format.BufferSize / format.SampleRate;
        _gapTicks = (long)(new DeviceWatchdog(format.SampleRate, format.BufferSize).SilenceLimit.TotalSeconds * time.TimestampFrequency);
        _input = new StreamInput(format);
        _fader = new SourceFader(format.SampleRate, format.Channels);
        _policy = NewPolicy();
    }

    public long Callbacks => Volatile.Read(ref _callbacks);

    /// <summary>Whether a callback is under way.</summary>
    public bool IsInCallback => Volatile.Read(ref _threadId) != 0;

    /// <summary>Whether, since the stream was told to stop, the sound has come to an end without a click.</summary>
    public bool HasFadedOut => _hasFadedOut;

    public bool EndOfInputSeen => Volatile.Read(ref _endOfInput);

    /// <summary>Whether the caller is inside the device's or the processing callback.</summary>
    public bool IsInsideCallback => Volatile.Read(ref _threadId) == Environment.CurrentManagedThreadId || Volatile.Read(ref _offloaded) is { IsWorkerThread: true };

    public BlockProcessing? Processing
    {
        get => Volatile.Read(ref _processing);
        set => Volatile.Write(ref _processing, value); // release: what the caller prepared is visible with the reference
    }

    private bool IsOn => _machine.State is StreamState.Starting or StreamState.Running or StreamState.Failsafe;

    /// <summary>What the last rejected block suffered from, or <see langword="null"/>.</summary>
    public string? LastFault => BlockFaults.Describe((BlockFault)Volatile.Read(ref _fault), Volatile.Read(ref _faultDetail), _samples);

    /// <summary>Gets ready for a run; no callback may be under way.</summary>
    /// <exception cref="BufferPoolExhaustedException">The pool has no free slot.</exception>
    public void Prepare(BufferPool pool)
    {
        _work = pool.Acquire();
        if (_options.FailsafeMode == FailsafeMode.Hold)
            _held = pool.Acquire();
        _heldFramesPlayed = int.MaxValue;
        _policy = NewPolicy();
        if (_options.ProcessingMode == ProcessingMode.Offloaded)
            Volatile.Write(ref _offloaded, new OffloadedProcessing(_samples));
        _input.Reset();
        _hasFadedOut = false;
        _lastBegin = 0;
        _fault = (int)BlockFault.None;
        _faultDetail = null;
        _endOfInput = false;
    }

    /// <summary>Before the first callback of a device.</summary>
    /// <param name="isLive">See <see cref="IAudioDeviceStream.IsLive"/>.</param>
    public void Attach(bool isLive)
    {
        _isLive = isLive;
        _isRacing = false;
        _fader.Reset(isLive ? Silence : null); // a file is played from its first sample on as it is
        _offloaded?.DropDue();
    }

    /// <summary>The device runs on without blocking: until another is attached, it gets silence and is slowed down.</summary>
    public void HoldBack() => _isRacing = true;

    /// <summary>Gives the buffers back; no callback of the device may begin afterwards.</summary>
    /// <returns>
    /// <see langword="false"/> if the processing has not come back. On a worker it no longer touches anything of the stream; in a device's
    /// callback it does, so that the buffers are given back when it returns.
    /// </returns>
    public bool Release()
    {
        var isDone = _offloaded?.Retire() ?? true;
        Volatile.Write(ref _offloaded, null);
        Interlocked.Exchange(ref _owesBuffers, 1); // full fence: either we see the callback's end, or it sees this
        if (IsInCallback)
            return false;

        GiveBuffersBack();
        return isDone;
    }

    /// <summary>Called by the monitor when it has put the stream into failsafe because of the device.</summary>
    public void CountFailsafeEntry() => Interlocked.Increment(ref _failsafeEntries); // two threads count this one

    public AudioStreamStatistics GetStatistics() => new(
        Volatile.Read(ref _callbacks), Volatile.Read(ref _xruns), Volatile.Read(ref _rejectedBlocks), Volatile.Read(ref _deadlineMisses),
        Volatile.Read(ref _failsafeEntries), _latency.Summarize())
    {
        AllocatedBytes = Volatile.Read(ref _allocatedBytes),
        ClockCorrections = Volatile.Read(ref _clockCorrections),
        FloatingPointRepairs = Volatile.Read(ref _modeRepairs),
    };

    /// <summary>One block. The audio thread's entry.</summary>
    public void OnBlock(ReadOnlySpan<float> input, Span<float> output, AudioCallbackFlags flags)
    {
        var start = _time.GetTimestamp();
        var allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        Volatile.Write(ref _threadId, Environment.CurrentManagedThreadId);
        Count(ref _callbacks);
        if (_isLive && _lastBegin != 0 && start - _lastBegin > _gapTicks)
            BeginAnew();
        _lastBegin = start;

        if (_isRacing)
            Thread.Sleep(1); // no sound is lost any more, but a core is: a lost device may call in a tight loop

        if ((flags & (AudioCallbackFlags.InputOverrun | AudioCallbackFlags.OutputUnderrun)) != 0)
            Count(ref _xruns);
        if ((flags & AudioCallbackFlags.ClockCorrected) != 0)
            Count(ref _clockCorrections);

        var isLate = false;
        if (_isRacing)
            output.Clear();
        else if (!IsOn)
            FadeOut(output);
        else if (output.Length == _samples && (input.Length == _samples || input.IsEmpty))
            isLate = Process(input, output, start);
        else
            RefuseBlockSize(output, isBad: (flags & AudioCallbackFlags.EndOfInput) == 0);

        if ((flags & AudioCallbackFlags.EndOfInput) != 0)
            Volatile.Write(ref _endOfInput, true);

        var elapsed = _time.GetTimestamp() - start;
        _latency.Record(elapsed);
        if (isLate || elapsed > _blockTicks)
            Count(ref _deadlineMisses);
        Volatile.Write(ref _allocatedBytes, _allocatedBytes + GC.GetAllocatedBytesForCurrentThread() - allocatedBefore);
        Interlocked.Exchange(ref _threadId, 0); // full fence, see Release
        if (Volatile.Read(ref _owesBuffers) != 0)
            GiveBuffersBack();
    }

    private void GiveBuffersBack()
    {
        if (Interlocked.Exchange(ref _owesBuffers, 0) == 0)
            return; // of two that come at once, one does it

        _work.Dispose();
        _held.Dispose();
        _work = default;
        _held = default;
    }

    // The device was silent meanwhile: nothing of before is heard after it.
    private void BeginAnew()
    {
        _fader.Reset(Silence);
        _input.Reset();
        _offloaded?.DropDue();
        _heldFramesPlayed = int.MaxValue;
    }

    private void FadeOut(Span<float> output)
    {
        output.Clear();
        if (output.Length == _samples)
            Play(output, Silence);
        _hasFadedOut = !_fader.IsFading;
    }

    private bool Process(ReadOnlySpan<float> delivered, Span<float> output, long start)
    {
        var work = _work.Samples[.._samples];
        var input = _input.Take(delivered, out var isFinite);
        BlockFault fault;
        object? detail = null;
        BlockProcessing? processing;
        ReadOnlySpan<float> dry;
        if (_offloaded is { } offloaded)
        {
            if (!TryAwaitWorker(offloaded))
            {
                FadeOut(output);
                return false;
            }

            fault = offloaded.Exchange(Processing, input, isFinite, work, out detail);
            processing = offloaded.Source;
            dry = offloaded.Dry;
        }
        else
        {
            processing = Processing;
            dry = input;
            if (processing is not null && _policy.TakeRest())
            {
                PlayInstead(dry, output, isFinite ? BlockFault.None : BlockFault.InputNotFinite, hasProcessing: true);
                return false;
            }

            fault =
                !isFinite ? BlockFault.InputNotFinite :
                processing is null ? BlockFault.None :
                processing.Run(input, work, out detail);
            if (processing is not null && !FloatingPointMode.IsDefault())
                RepairMode();
        }

        if (delivered.IsEmpty)
            NoteMissingInput();
        var isLate = fault == BlockFault.ProcessingLate || _isLive && _time.GetTimestamp() - start > _blockTicks;
        Judge(fault, detail, isLate);
        if (fault != BlockFault.None || _policy.IsActive)
        {
            PlayInstead(dry, output, fault, hasProcessing: (processing ?? Processing) is not null);
            return isLate;
        }

        if (_isLive && _offloaded is { HasBegun: false })
        {
            output.Clear();
            Play(output, Silence); // so that the first block is faded in when it comes
            return isLate;
        }

        (processing is null ? dry : work).CopyTo(output);
        Play(output, processing is null ? Unprocessed : processing);
        if (_options.FailsafeMode == FailsafeMode.Hold)
        {
            output.CopyTo(_held.Samples);
            _heldFramesPlayed = 0;
        }

        return isLate;
    }

    private void RepairMode()
    {
        FloatingPointMode.Restore();
        Count(ref _modeRepairs);
        Note(BlockFault.FloatingPointModeChanged);
    }

    // Not a fault of the block: the output keeps its clock, and processing may well make sound of silence.
    private void NoteMissingInput()
    {
        Count(ref _xruns);
        Note(BlockFault.InputMissing);
    }

    private void Note(BlockFault fault, object? detail = null)
    {
        Volatile.Write(ref _faultDetail, detail);
        Volatile.Write(ref _fault, (int)fault);
    }

    // A file has all the time it takes; a sound card is never waited with. False when the stream is stopped meanwhile.
    private bool TryAwaitWorker(OffloadedProcessing offloaded)
    {
        var wait = new SpinWait();
        while (!_isLive && offloaded.IsBusy)
        {
            if (!IsOn)
                return false;
            wait.SpinOnce();
        }

        return true;
    }

    private void RefuseBlockSize(Span<float> output, bool isBad)
    {
        output.Clear();
        if (isBad)
            Judge(BlockFault.DeviceBlockSize, detail: null, isLate: false);
        _fader.Reset(Silence);
    }

    private void Judge(BlockFault fault, object? detail, bool isLate)
    {
        if (fault != BlockFault.None)
        {
            Count(ref _rejectedBlocks);
            Note(fault, detail);
        }
        else if (isLate)
        {
            Note(BlockFault.ProcessingLate);
        }

        var changes = _policy.Feed(fault != BlockFault.None || isLate, isLate);
        if (changes && _policy.IsActive)
            Interlocked.Increment(ref _failsafeEntries);

        // Every block, not only when it changes: while the stream was still starting the step was refused.
        if (_policy.IsActive)
            _machine.TryTransition(StreamState.Running, StreamState.Failsafe, BlockFaults.Describe((BlockFault)_fault));
        else
            _machine.TryTransition(StreamState.Failsafe, StreamState.Running, changes ? "The processing was good again for long enough." : "The device delivers again.");
    }

    private void PlayInstead(ReadOnlySpan<float> dry, Span<float> output, BlockFault fault, bool hasProcessing)
    {
        var mode = _options.FailsafeMode;
        if (mode == FailsafeMode.Auto)
            mode = hasProcessing ? FailsafeMode.Mute : FailsafeMode.Bypass;

        if (mode == FailsafeMode.Bypass && fault != BlockFault.InputNotFinite)
        {
            dry.CopyTo(output);
            Play(output, Unprocessed);
        }
        else if (mode == FailsafeMode.Hold && _heldFramesPlayed < _holdFrames)
        {
            PlayHeld(output);
            Play(output, Held);
        }
        else
        {
            output.Clear();
            Play(output, mode == FailsafeMode.Hold ? Held : Silence); // a held block has ended in silence by itself
        }
    }

    private void Play(Span<float> output, object source)
    {
        Denormals.CopyWithout(output, output);
        Limit(output);
        _fader.Join(output, source);
    }

    private void PlayHeld(Span<float> output)
    {
        var held = _held.Samples;
        for (var index = 0; index < output.Length; index++)
        {
            var gain = 1f - (float)(_heldFramesPlayed + index / _channels) / _holdFrames;
            output[index] = held[index] * Math.Max(0, gain);
        }

        _heldFramesPlayed += output.Length / _channels;
    }

    private static void Limit(Span<float> block)
    {
        if (BlockProcessing.PeakOf(block) > 1)
            TensorPrimitives.Clamp(block, -1f, 1f, block);
    }

    // Only the audio thread counts; the volatile write lets other threads read whole numbers on every platform.
    private static void Count(ref long counter) => Volatile.Write(ref counter, counter + 1);

    private FailsafePolicy NewPolicy() => new(_options.MaxConsecutiveErrors, _options.AutoRecover, _recoveryBlocks);
}
