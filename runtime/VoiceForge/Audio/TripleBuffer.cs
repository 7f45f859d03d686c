using System.Globalization;
using System.Runtime.InteropServices;

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
    private const int LinePairBytes = 128;

    private readonly float[]? _storage;     // pinned; keeps the blocks alive
    private readonly BufferLease[]? _leases; // likewise, when they are a pool's
    private readonly int _capacity;          // samples
    private TripleBufferCore<HardwareAtomics> _core; // a mutable struct: never readonly

    /// <param name="bufferSize">Frames of the longest block; more than 0.</param>
    /// <param name="channels">Samples per frame; more than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is 0 or less, or three blocks exceed an array (2^31 samples).</exception>
    public TripleBuffer(int bufferSize, int channels = 1)
    {
        GC.SuppressFinalize(this);
        CheckSize(bufferSize, channels);
        BufferSize = bufferSize;
        Channels = channels;
        _capacity = bufferSize * channels;

        // Each block starts and ends on line pairs of its own: the sides would slow each other down on a line that two blocks share.
        const int lineSamples = LinePairBytes / sizeof(float);
        var stride = (_capacity + lineSamples - 1L) / lineSamples * lineSamples;
        if (3 * stride + lineSamples > Array.MaxLength)
            throw TooLarge(bufferSize, channels);

        _storage = GC.AllocateArray<float>((int)(3 * stride) + lineSamples, pinned: true);
        var start = (Marshal.UnsafeAddrOfPinnedArrayElement(_storage, 0) + LinePairBytes - 1) / LinePairBytes * LinePairBytes;
        var slots = new TripleBufferSlots();
        for (var index = 0; index < 3; index++)
            slots[index] = start + (nint)(index * stride * sizeof(float));
        _core = new TripleBufferCore<HardwareAtomics>(slots);
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
        _capacity = bufferSize * channels;
        var slots = new TripleBufferSlots();
        for (var index = 0; index < _leases.Length; index++)
        {
            _leases[index] = bufferPool.Acquire();
            slots[index] = _leases[index].Address;
        }

        _core = new TripleBufferCore<HardwareAtomics>(slots);
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
        if (audio.IsEmpty || audio.Length > _capacity || (Channels != 1 && audio.Length % Channels != 0))
            return false;

        _core.Publish(audio);
        GC.KeepAlive(this); // as in Read
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
        var length = _core.Take();
        if (length == 0)
            return false;

        if (length > destination.Length)
            throw TooShort(length, destination.Length);

        written = length;
        HardwareAtomics.Load(_core.Deliver(), destination);
        GC.KeepAlive(this); // as in Read
        return true;
    }

    /// <summary>Reader only. Lends the newest block, each once.</summary>
    /// <param name="block">Valid until the next read of any kind; keep this object alive as long.</param>
    /// <returns><see langword="false"/> when nothing was written since the last read.</returns>
    public bool TryReadView(out ReadOnlySpan<float> block)
    {
        if (_core.Take() == 0)
        {
            block = default;
            return false;
        }

        block = _core.Deliver();
        return true;
    }

    /// <summary>Forgets an unread block. Neither side may be inside a call, and both must see this one's effect before their next.</summary>
    public void Clear()
    {
        if (_core.Take() != 0)
            _core.Drop();
    }

    /// <summary>The counters; any thread. They add up only while both sides pause.</summary>
    public TripleBufferStatistics GetStats() => new(
        Volatile.Read(ref _core.Indices.Published),
        Volatile.Read(ref _core.Indices.Delivered),
        Volatile.Read(ref _core.Indices.DroppedByWriter) + Volatile.Read(ref _core.Indices.DroppedByReader),
        Volatile.Read(ref _core.Indices.EmptyReads));

    // Apart from the paths of audio threads, so that those stay small.
    private static ArgumentException TooShort(int length, int available) => new(string.Create(CultureInfo.InvariantCulture,
        $"The block has {length} samples, the destination {available}; 'BufferSize' x 'Channels' is always enough."), "destination");

    private static ArgumentOutOfRangeException TooLarge(int bufferSize, int channels) => new(nameof(bufferSize), string.Create(CultureInfo.InvariantCulture,
        $"Three blocks of {bufferSize} frames of {channels} channels exceed the {Array.MaxLength} samples of an array; lower 'bufferSize'."));

    private static void CheckSize(int bufferSize, int channels)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bufferSize);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(channels);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bufferSize, Array.MaxLength / channels);
    }
}
