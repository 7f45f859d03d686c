using System.Runtime.ExceptionServices;

namespace PocketTts;

/// <summary>Hands blocks of latents from the thread that makes them to the thread that decodes them, at most so many ahead.</summary>
/// <remarks>One writer and one reader, which wait for each other without spinning. After construction nothing allocates but an error.</remarks>
internal sealed class LatentQueue(int capacity, int blockSize)
{
    private readonly object _gate = new();
    private readonly float[] _latents = new float[capacity * blockSize];
    private readonly (int Length, bool IsFirstOfChunk)[] _blocks = new (int, bool)[capacity];
    private int _read, _count;
    private bool _isComplete, _isClosed;
    private ExceptionDispatchInfo? _error;

    /// <summary>Writer. Waits while the queue is full.</summary>
    /// <returns><see langword="false"/> if the reader left: nothing more is wanted.</returns>
    public bool TryWrite(ReadOnlySpan<float> block, bool isFirstOfChunk)
    {
        lock (_gate)
        {
            while (_count == capacity && !_isClosed)
                Monitor.Wait(_gate);
            if (_isClosed)
                return false;
            var slot = (_read + _count) % capacity;
            block.CopyTo(_latents.AsSpan(slot * blockSize, blockSize));
            _blocks[slot] = (block.Length, isFirstOfChunk);
            _count++;
            Monitor.PulseAll(_gate);
            return true;
        }
    }

    /// <summary>Writer. Nothing more comes; the reader meets <paramref name="error"/> after the blocks that came before it.</summary>
    public void Complete(Exception? error = null)
    {
        lock (_gate)
        {
            _isComplete = true;
            _error = error is null ? null : ExceptionDispatchInfo.Capture(error);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Reader. Waits for the next block.</summary>
    /// <returns>How many values it has; 0 if there is none any more.</returns>
    public int Read(Span<float> block, out bool isFirstOfChunk)
    {
        lock (_gate)
        {
            while (_count == 0 && !_isComplete)
                Monitor.Wait(_gate);
            if (_count == 0)
            {
                _error?.Throw();
                isFirstOfChunk = false;
                return 0;
            }

            (var length, isFirstOfChunk) = _blocks[_read];
            _latents.AsSpan(_read * blockSize, length).CopyTo(block);
            _read = (_read + 1) % capacity;
            _count--;
            Monitor.PulseAll(_gate);
            return length;
        }
    }

    /// <summary>Reader. It leaves; a writer that waits goes on, and is told.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            Monitor.PulseAll(_gate);
        }
    }
}
