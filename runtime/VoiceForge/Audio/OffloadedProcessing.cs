namespace VoiceForge.Audio;

/// <summary>Gives a block to the worker and takes that of the block before. The audio thread's own, but for <see cref="Retire"/> and <see cref="IsWorkerThread"/>.</summary>
internal sealed class OffloadedProcessing(int samples)
{
    private readonly ProcessingWorker _worker = new(samples);
    private float[] _dry = new float[samples];
    private float[] _dryBefore = new float[samples];
    private BlockProcessing? _due; // what the block before was meant for
    private BlockFault _dueFault;
    private long _number;
    private bool _hasBlock; // whether _dry is one that was delivered

    public bool IsWorkerThread => _worker.IsCurrentThread;

    /// <summary>The block before, unprocessed. Valid after <see cref="Exchange"/>.</summary>
    public ReadOnlySpan<float> Dry => _dryBefore;

    /// <summary>What the block before was processed by; <see langword="null"/> when it passes straight through.</summary>
    public BlockProcessing? Source { get; private set; }

    /// <summary>Whether there was a block before. Valid after <see cref="Exchange"/>.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Whether the result of the block before could be waited for.</summary>
    public bool IsBusy => _due is not null && _dueFault == BlockFault.None && _worker.IsBusy;

    /// <param name="processing">What this block is for.</param>
    /// <param name="input">This block.</param>
    /// <param name="isFinite">Whether it can be used.</param>
    /// <param name="output">Gets the processed block before; arbitrary with a fault or without <see cref="Source"/>.</param>
    /// <param name="detail">What the fault is about.</param>
    /// <returns>The fault of the block before.</returns>
    public BlockFault Exchange(BlockProcessing? processing, ReadOnlySpan<float> input, bool isFinite, Span<float> output, out object? detail)
    {
        detail = null;
        var fault = _dueFault;
        if (fault == BlockFault.None && _due is not null && !_worker.TryTake(_number, output, out fault, out detail))
            fault = BlockFault.ProcessingLate;

        Source = _due;
        (HasBegun, _hasBlock) = (_hasBlock, true);
        (_dry, _dryBefore) = (_dryBefore, _dry);
        _number++;
        _due = processing;
        if (!isFinite)
        {
            Array.Clear(_dry);
            _dueFault = BlockFault.InputNotFinite;
            return fault;
        }

        input.CopyTo(_dry);
        _dueFault = processing is null || _worker.TrySubmit(_number, processing, input) ? BlockFault.None : BlockFault.ProcessingLate;
        return fault;
    }

    /// <summary>What was processed before is not wanted any more.</summary>
    public void DropDue()
    {
        _due = null;
        _hasBlock = false;
        _dueFault = BlockFault.None;
        Array.Clear(_dry);
    }

    /// <summary>Ends the worker; see <see cref="ProcessingWorker.Retire"/>.</summary>
    public bool Retire() => _worker.Retire();
}
