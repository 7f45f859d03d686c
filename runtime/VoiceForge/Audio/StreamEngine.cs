using System.Diagnostics;
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

    private readonly StreamStateMachine _machine;
    private readonly AudioStreamOptions _options;
    private readonly int _channels;
    private readonly int _samples;
    private readonly int _recoveryBlocks;
    private readonly int _holdFrames;
    private readonly long _blockTicks;
    private readonly LatencyHistogram _latency = new();

    private FailsafePolicy _policy;
    private BufferLease _work;
    private BufferLease _held;
    private int _heldFramesPlayed = int.MaxValue; // of the held block since it was last fresh
    private BlockProcessing? _processing;
    private int _threadId;
    private bool _endOfInput;
    private object? _faultDetail;
    private int _fault;
    private long _callbacks;
    private long _xruns;
    private long _rejectedBlocks;
    private long _deadlineMisses;
    private long _failsafeEntries;

    public StreamEngine(StreamStateMachine machine, AudioStreamFormat format, AudioStreamOptions options)
    {
        _machine = machine;
        _options = options;
        _channels = format.Channels;
        _samples = format.BufferSize * format.Channels;
        _recoveryBlocks = (int)Math.Ceiling(RecoveryTime.TotalSeconds * format.SampleRate / format.BufferSize);
        _holdFrames = (int)(HoldTime.TotalSeconds * format.SampleRate);
        _blockTicks = Stopwatch.Frequency * format.BufferSize / format.SampleRate;
        _policy = NewPolicy();
    }

    public bool EndOfInputSeen => Volatile.Read(ref _endOfInput);

    /// <summary>Whether the caller is inside the callback, on the audio thread.</summary>
    public bool IsOnAudioThread => Volatile.Read(ref _threadId) == Environment.CurrentManagedThreadId;

    public BlockProcessing? Processing
    {
        get => Volatile.Read(ref _processing);
        set => Volatile.Write(ref _processing, value); // release: what the caller prepared is visible with the reference
    }

    /// <summary>What the last rejected block suffered from, or <see langword="null"/>.</summary>
    public string? LastFault
    {
        get
        {
            var fault = (BlockFault)Volatile.Read(ref _fault);
            return (fault, Volatile.Read(ref _faultDetail)) switch
            {
                (BlockFault.CallbackThrew, Exception thrown) => $"{Describe(fault)} It threw {thrown.GetType().Name}: {thrown.Message}",
                (BlockFault.ReturnedWrongLength, float[] result) => $"{Describe(fault)} It returned {result.Length} for {_samples}.",
                _ => Describe(fault),
            };
        }
    }

    /// <summary>Gets ready for a run; no callback may be under way.</summary>
    /// <exception cref="BufferPoolExhaustedException">The pool has no free slot.</exception>
    public void Prepare(BufferPool pool)
    {
        _work = pool.Acquire();
        if (_options.FailsafeMode == FailsafeMode.Hold)
            _held = pool.Acquire();
        _heldFramesPlayed = int.MaxValue;
        _policy = NewPolicy();
        _fault = (int)BlockFault.None;
        _faultDetail = null;
        _endOfInput = false;
    }

    /// <summary>Gives the buffers back; no callback may come afterwards.</summary>
    public void Release()
    {
        _work.Dispose();
        _held.Dispose();
        _work = default;
        _held = default;
    }

    public AudioStreamStatistics GetStatistics() => new(
        Volatile.Read(ref _callbacks), Volatile.Read(ref _xruns), Volatile.Read(ref _rejectedBlocks), Volatile.Read(ref _deadlineMisses),
        Volatile.Read(ref _failsafeEntries), _latency.Summarize());

    /// <summary>One block. The audio thread's entry.</summary>
    public void OnBlock(ReadOnlySpan<float> input, Span<float> output, AudioCallbackFlags flags)
    {
        var start = Stopwatch.GetTimestamp();
        Volatile.Write(ref _threadId, Environment.CurrentManagedThreadId);
        Count(ref _callbacks);
        if ((flags & (AudioCallbackFlags.InputOverrun | AudioCallbackFlags.OutputUnderrun)) != 0)
            Count(ref _xruns);

        if (_machine.State is not (StreamState.Starting or StreamState.Running or StreamState.Failsafe))
            output.Clear();
        else if (input.Length == _samples && output.Length == _samples)
            Process(input, output);
        else
            RefuseBlockSize(output, isBad: (flags & AudioCallbackFlags.EndOfInput) == 0);

        if ((flags & AudioCallbackFlags.EndOfInput) != 0)
            Volatile.Write(ref _endOfInput, true);

        var elapsed = Stopwatch.GetTimestamp() - start;
        _latency.Record(elapsed);
        if (elapsed > _blockTicks)
            Count(ref _deadlineMisses);
        Volatile.Write(ref _threadId, 0);
    }

    private void Process(ReadOnlySpan<float> input, Span<float> output)
    {
        var processing = Processing;
        var work = _work.Samples[.._samples];
        object? detail = null;
        var fault =
            !BlockProcessing.IsFinite(input) ? BlockFault.InputNotFinite :
            processing is null ? BlockFault.None :
            processing.Run(input, work, out detail);

        Judge(fault, detail);
        if (fault != BlockFault.None || _policy.IsActive)
        {
            PlayInstead(input, output, fault, hasProcessing: processing is not null);
            return;
        }

        (processing is null ? input : work).CopyTo(output);
        Limit(output);
        if (_options.FailsafeMode == FailsafeMode.Hold)
        {
            output.CopyTo(_held.Samples);
            _heldFramesPlayed = 0;
        }
    }

    private void RefuseBlockSize(Span<float> output, bool isBad)
    {
        output.Clear();
        if (isBad)
            Judge(BlockFault.DeviceBlockSize, detail: null);
    }

    private void Judge(BlockFault fault, object? detail)
    {
        if (fault != BlockFault.None)
        {
            Count(ref _rejectedBlocks);
            Volatile.Write(ref _faultDetail, detail);
            Volatile.Write(ref _fault, (int)fault);
        }

        if (_policy.Feed(fault != BlockFault.None) && _policy.IsActive)
            Count(ref _failsafeEntries);

        // Every block, not only when it changes: while the stream was still starting the step was refused.
        if (_policy.IsActive)
            _machine.TryTransition(StreamState.Running, StreamState.Failsafe, Describe((BlockFault)_fault));
        else
            _machine.TryTransition(StreamState.Failsafe, StreamState.Running, "The processing was good for two seconds.");
    }

    private void PlayInstead(ReadOnlySpan<float> input, Span<float> output, BlockFault fault, bool hasProcessing)
    {
        var mode = _options.FailsafeMode;
        if (mode == FailsafeMode.Auto)
            mode = hasProcessing ? FailsafeMode.Mute : FailsafeMode.Bypass;

        if (mode == FailsafeMode.Bypass && fault != BlockFault.InputNotFinite)
        {
            input.CopyTo(output);
            Limit(output);
        }
        else if (mode == FailsafeMode.Hold && _heldFramesPlayed < _holdFrames)
        {
            PlayHeld(output);
        }
        else
        {
            output.Clear();
        }
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
        if (TensorPrimitives.MaxMagnitude((ReadOnlySpan<float>)block) > 1)
            TensorPrimitives.Clamp(block, -1f, 1f, block);
    }

    // Only the audio thread counts; the volatile write lets other threads read whole numbers on every platform.
    private static void Count(ref long counter) => Volatile.Write(ref counter, counter + 1);

    private FailsafePolicy NewPolicy() => new(_options.MaxConsecutiveErrors, _options.AutoRecover, _recoveryBlocks);

    private static string? Describe(BlockFault fault) => fault switch
    {
        BlockFault.None => null,
        BlockFault.DeviceBlockSize => "The device delivered a block of another length than it was opened with.",
        BlockFault.InputNotFinite => "The device delivered samples that are not finite.",
        BlockFault.CallbackThrew => "The processing callback failed.",
        BlockFault.ReturnedNull => "The processing callback returned null; it must return as many samples as it gets.",
        BlockFault.ReturnedWrongLength => "The processing callback must return as many samples as it gets.",
        _ => "The processing callback returned samples that are not finite (NaN or infinity).",
    };
}
