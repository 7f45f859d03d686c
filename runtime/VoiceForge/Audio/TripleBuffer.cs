using System.Globalization;

namespace VoiceForge.Audio;

/// <summary>Hands the newest block of audio from one writer thread to one reader thread without locks.</summary>
/// <remarks>
/// Newest wins: a block that is not read before the next one is written is dropped and counted. Right for meters, parameters and
/// displays; a continuous stream that must not lose a sample takes <see cref="SampleQueue"/>. After construction nothing blocks, spins
/// or, except <see cref="Read"/>, allocates. Blocks of different lengths may follow each other.
/// Source of the idea (index exchange with a dirty bit): github.com/HadrienG2/triple-buffer.
/// </remarks>
public sealed class TripleBuffer
{
    private const int IndexMask = 0b011;
    private const int DirtyBit = 0b100;

    private readonly float[][]? _arrays;
    private readonly BufferLease[]? _leases;
    private readonly int[] _lengths = new int[3]; // samples; belongs to the slot, so it changes hands with it
    private TripleBufferIndices _indices = new() { Shared = 0, Write = 1, Read = 2 };

    /// <param name="bufferSize">Frames of the longest block; more than 0.</param>
    /// <param name="channels">Samples per frame; more than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is 0 or less, or both together exceed an array.</exception>
    public TripleBuffer(int bufferSize, int channels = 1)
    {
        GC.SuppressFinalize(this);
        CheckSize(bufferSize, channels);
        BufferSize = bufferSize;
        Channels = channels;
        _arrays = [new float[bufferSize * channels], new float[bufferSize * channels], new float[bufferSize * channels]];
    }

    /// <summary>Takes the three blocks out of a pool; they go back when the buffer is garbage collected.</summary>
    /// <param name="bufferPool">Its slots must hold <paramref name="bufferSize"/> frames of <paramref name="channels"/> samples.</param>
    /// <param name="bufferSize">Frames of the longest block; more than 0.</param>
    /// <param name="channels">Samples per frame; more than 0.</param>
    /// <exception cref="ArgumentException">A slot is too small.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An argument is 0 or less.</exception>
    /// <exception cref="BufferPoolExhaustedException">The pool has fewer than three free slots.</exception>
    public TripleBuffer(BufferPool bufferPool, int bufferSize, int channels = 1)
    {
        _leases = new BufferLease[3]; // a default lease releases nothing, so a constructor that throws half-way leaves no slot behind
        ArgumentNullException.ThrowIfNull(bufferPool);
        CheckSize(bufferSize, channels);
        if ((long)bufferSize * channels > (long)bufferPool.SlotSizeSamples * bufferPool.Channels)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"A block of {bufferSize} frames of {channels} channels does not fit into the pool's slots of {bufferPool.SlotSizeSamples} frames " +
                $"of {bufferPool.Channels}; raise 'slotSizeSamples' or lower 'bufferSize'."), nameof(bufferSize));
        }

        BufferSize = bufferSize;
        Channels = channels;
        for (var index = 0; index < _leases.Length; index++)
            _leases[index] = bufferPool.Acquire();
    }

    /// <summary>Gives the blocks back to the pool.</summary>
    ~TripleBuffer()
    {
        foreach (var lease in _leases ?? [])
            lease.Dispose();
    }

    /// <summary>Frames of the longest block.</summary>
    public int BufferSize { get; }

    /// <summary>Samples per frame.</summary>
    public int Channels { get; }

    /// <summary>Writer only. Makes a copy of a block the newest one.</summary>
    /// <param name="audio">Interleaved samples, at most <see cref="BufferSize"/> frames.</param>
    /// <returns><see langword="false"/>, with nothing published, when it is empty, ends within a frame or is too long.</returns>
    public bool Write(float[] audio)
    {
        ArgumentNullException.ThrowIfNull(audio);
        return Write(audio.AsSpan());
    }

    /// <inheritdoc cref="Write(float[])"/>
    public bool Write(ReadOnlySpan<float> audio)
    {
        if (audio.IsEmpty || audio.Length > BufferSize * Channels || audio.Length % Channels != 0)
            return false;

        audio.CopyTo(Slot(_indices.Write));
        _lengths[_indices.Write] = audio.Length;

        // Full fence: the slot's content is visible before its index, and the slot we get back is no longer read.
        var previous = Interlocked.Exchange(ref _indices.Shared, _indices.Write | DirtyBit);
        _indices.Write = previous & IndexMask;
        if ((previous & DirtyBit) != 0)
            Volatile.Write(ref _indices.DroppedByWriter, _indices.DroppedByWriter + 1);
        Volatile.Write(ref _indices.Published, _indices.Published + 1);
        return true;
    }

    /// <summary>Reader only. The newest block, each once.</summary>
    /// <returns>A new array of the block's length, owned by the caller; <see langword="null"/> when nothing was written since the last read.</returns>
    public float[]? Read()
    {
        var copy = TryReadView(out var block) ? block.ToArray() : null;
        GC.KeepAlive(this); // or the finalizer could give the slot back while it is being copied
        return copy;
    }

    /// <summary>Reader only. Copies the newest block, each once.</summary>
    /// <param name="destination">Gets the block at its start; the rest stays as it is.</param>
    /// <param name="written">Samples copied.</param>
    /// <returns><see langword="false"/> when nothing was written since the last read.</returns>
    /// <exception cref="ArgumentException">The block is longer than <paramref name="destination"/>; the next read gets it.</exception>
    public bool TryRead(Span<float> destination, out int written)
    {
        written = 0;
        if (!TryTake())
            return false;

        var length = _lengths[_indices.Read];
        if (length > destination.Length)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture,
                $"The block has {length} samples, the destination {destination.Length}; 'BufferSize' x 'Channels' is always enough."), nameof(destination));
        }

        written = length;
        Deliver().CopyTo(destination);
        GC.KeepAlive(this); // as in Read
        return true;
    }

    /// <summary>Reader only. Lends the newest block, each once.</summary>
    /// <param name="block">Valid until the next read of any kind; keep this object alive as long.</param>
    /// <returns><see langword="false"/> when nothing was written since the last read.</returns>
    public bool TryReadView(out ReadOnlySpan<float> block)
    {
        block = default;
        if (!TryTake())
            return false;

        block = Deliver();
        return true;
    }

    /// <summary>Forgets an unread block. Neither side may be inside a call, and both must see this one's effect before their next.</summary>
    public void Clear()
    {
        if (TryTake())
            DropKept();
    }

    /// <summary>The counters; any thread. They add up only while both sides pause.</summary>
    public TripleBufferStatistics GetStats() => new(
        Volatile.Read(ref _indices.Published),
        Volatile.Read(ref _indices.Delivered),
        Volatile.Read(ref _indices.DroppedByWriter) + Volatile.Read(ref _indices.DroppedByReader),
        Volatile.Read(ref _indices.EmptyReads));

    // After this the newest block lies in the reader's own slot, not yet delivered.
    private bool TryTake()
    {
        if ((Volatile.Read(ref _indices.Shared) & DirtyBit) != 0)
        {
            if (_indices.IsKept)
                DropKept();

            // Only the reader clears the bit, so this full fence returns a published slot: the one seen above or a newer one.
            _indices.Read = Interlocked.Exchange(ref _indices.Shared, _indices.Read) & IndexMask;
            _indices.IsKept = true;
        }

        if (!_indices.IsKept)
            Volatile.Write(ref _indices.EmptyReads, _indices.EmptyReads + 1);
        return _indices.IsKept;
    }

    private ReadOnlySpan<float> Deliver()
    {
        _indices.IsKept = false;
        Volatile.Write(ref _indices.Delivered, _indices.Delivered + 1);
        return Slot(_indices.Read)[.._lengths[_indices.Read]];
    }

    private void DropKept()
    {
        _indices.IsKept = false;
        Volatile.Write(ref _indices.DroppedByReader, _indices.DroppedByReader + 1);
    }

    private Span<float> Slot(int index) => _arrays is null ? _leases![index].Samples : _arrays[index];

    private static void CheckSize(int bufferSize, int channels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bufferSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(channels);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bufferSize, Array.MaxLength / channels);
    }
}
