using System.Runtime.ExceptionServices;

namespace PocketTts;

/// <summary>Hands latents from the thread that makes them to the thread that decodes them, at most so many ahead.</summary>
/// <remarks>One writer and one reader, which wait for each other without spinning. After construction nothing allocates but an error.</remarks>
internal sealed class LatentQueue(int capacity, int latentSize)
{
    private readonly object _gate = new();
    private readonly float[] _latents = new float[capacity * latentSize];
    private readonly bool[] _isFirstOfChunk = new bool[capacity];
    private int _read, _count;
    private bool _isComplete, _isClosed;
    private ExceptionDispatchInfo? _error;

    /// <summary>Writer. Waits while the queue is full.</summary>
    /// <returns><see langword="false"/> if the reader left: nothing more is wanted.</returns>
    public bool TryWrite(ReadOnlySpan<float> latent, bool isFirstOfChunk)
    {
        lock (_gate)
        {
            while (_count == capacity && !_isClosed)
                Monitor.Wait(_gate);
            if (_isClosed)
                return false;
            var slot = (_read + _count) % capacity;
            latent.CopyTo(_latents.AsSpan(slot * latentSize, latentSize));
            _isFirstOfChunk[slot] = isFirstOfChunk;
            _count++;
            Monitor.PulseAll(_gate);
            return true;
        }
    }

    /// <summary>Writer. Nothing more comes; the reader meets <paramref name="error"/> after the latents that came before it.</summary>
    public void Complete(Exception? error = null)
    {
        lock (_gate)
        {
            _isComplete = true;
            _error = error is null ? null : ExceptionDispatchInfo.Capture(error);
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Reader. Waits for the next latent.</summary>
    /// <returns><see langword="false"/> if there is none any more.</returns>
    public bool TryRead(Span<float> latent, out bool isFirstOfChunk)
    {
        lock (_gate)
        {
            while (_count == 0 && !_isComplete)
                Monitor.Wait(_gate);
            if (_count == 0)
            {
                _error?.Throw();
                isFirstOfChunk = false;
                return false;
            }

            _latents.AsSpan(_read * latentSize, latentSize).CopyTo(latent);
            isFirstOfChunk = _isFirstOfChunk[_read];
            _read = (_read + 1) % capacity;
            _count--;
            Monitor.PulseAll(_gate);
            return true;
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
