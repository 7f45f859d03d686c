namespace VoiceForge.Audio;

/// <summary>A thread that processes one block at a time for the audio thread, which never waits for it.</summary>
/// <remarks>The buffers belong to whoever has the turn: the worker from submission until it is done, else the audio thread.</remarks>
internal sealed class ProcessingWorker
{
    private const int Idle = 0;
    private const int Submitted = 1;
    private const int Done = 2;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly float[] _input;
    private readonly float[] _output;
    private readonly Thread _thread;

    // Setting an event is one system call on Windows; elsewhere .NET takes a lock for it, so there the worker looks by itself every millisecond.
    private readonly AutoResetEvent? _submitted = OperatingSystem.IsWindows() ? new AutoResetEvent(false) : null;
    private BlockProcessing? _processing;
    private object? _detail;
    private BlockFault _fault;
    private long _number;
    private int _turn;
    private volatile bool _isRetired;

    public ProcessingWorker(int samples)
    {
        _input = new float[samples];
        _output = new float[samples];
        _thread = new Thread(Work) { IsBackground = true, Name = "VoiceForge processing", Priority = ThreadPriority.AboveNormal };
        _thread.Start();
    }

    public bool IsCurrentThread => Thread.CurrentThread == _thread;

    public bool IsBusy => Volatile.Read(ref _turn) == Submitted;

    /// <summary>Audio thread. Hands a block over; <see langword="false"/> while the worker still has another. An untaken result is dropped.</summary>
    public bool TrySubmit(long number, BlockProcessing processing, ReadOnlySpan<float> input)
    {
        if (Volatile.Read(ref _turn) == Submitted)
            return false;

        input.CopyTo(_input);
        _processing = processing;
        _number = number;
        Volatile.Write(ref _turn, Submitted); // release: the block is complete before the worker sees its turn
        _submitted?.Set();
        return true;
    }

    /// <summary>Audio thread. The result of block <paramref name="number"/>; <see langword="false"/> if it is not there, or is that of an older block.</summary>
    public bool TryTake(long number, Span<float> destination, out BlockFault fault, out object? detail)
    {
        (fault, detail) = (BlockFault.None, null);
        if (Volatile.Read(ref _turn) != Done) // acquire: with the turn come the worker's results
            return false;

        var isWanted = _number == number;
        if (isWanted)
        {
            _output.CopyTo(destination);
            (fault, detail) = (_fault, _detail);
        }

        Volatile.Write(ref _turn, Idle);
        return isWanted;
    }

    /// <summary>Ends the thread; not from itself.</summary>
    /// <returns><see langword="false"/> if the processing did not return in time: then its thread ends when it does, and touches nothing of the stream.</returns>
    public bool Retire()
    {
        _isRetired = true;
        _submitted?.Set();
        return _thread.Join(Patience);
    }

    private void Work()
    {
        while (AwaitBlock())
        {
            _fault = _processing!.Run(_input, _output, out _detail);
            Volatile.Write(ref _turn, Done);
        }
    }

    private bool AwaitBlock()
    {
        var wait = new SpinWait();
        while (!_isRetired)
        {
            if (Volatile.Read(ref _turn) == Submitted)
                return true;
            if (_submitted is not null && wait.NextSpinWillYield)
                _submitted.WaitOne();
            else
                wait.SpinOnce();
        }

        return false;
    }
}
