using System.Numerics;

namespace VoiceForge.Audio;

/// <summary>A lock-free first-in-first-out queue of audio frames for one writer thread and one reader thread.</summary>
/// <remarks>
/// Nothing accepted is ever lost or overwritten: when the queue is full the newest frames are refused and counted, where V1's RingBuffer
/// overwrote the oldest. Nothing blocks; only <see cref="Read(int)"/> allocates.
/// Source of the idea (each side keeps a copy of the other's index): Lee, Bu, Chandranmenon, "A Lock-Free, Cache-Efficient Multi-Core
/// Synchronization Mechanism for Line-Rate Network Traffic Monitoring", IPDPS 2010.
/// </remarks>
public sealed class SampleQueue
{
    private readonly float[] _storage; // a power of two, so that a count becomes a position by masking
    private readonly int _mask;
    private readonly int _capacity;    // samples; may be less than the storage
    private SampleQueueIndices _indices;

    /// <param name="capacitySamples">Frames the queue holds; more than 0.</param>
    /// <param name="channels">Samples per frame; more than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is 0 or less, or both together exceed 2^30 samples.</exception>
    public SampleQueue(int capacitySamples, int channels = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacitySamples);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(channels);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacitySamples, (1 << 30) / channels);
        CapacitySamples = capacitySamples;
        Channels = channels;
        _capacity = capacitySamples * channels;
        _storage = new float[BitOperations.RoundUpToPowerOf2((uint)_capacity)];
        _mask = _storage.Length - 1;
    }

    /// <summary>Frames the queue holds.</summary>
    public int CapacitySamples { get; }

    /// <summary>Samples per frame.</summary>
    public int Channels { get; }

    /// <summary>Frames waiting; any thread. For the reader at least so many are there, for the writer at most.</summary>
    public int Available
    {
        get
        {
            var tail = Volatile.Read(ref _indices.Tail); // before the head, which is never behind it
            return (int)Math.Min(_capacity, Volatile.Read(ref _indices.Head) - tail) / Channels;
        }
    }

    /// <summary>Frames refused because the queue was full; any thread.</summary>
    public long Overruns => Volatile.Read(ref _indices.Overruns);

    /// <summary>Writer only. Appends as many frames as fit.</summary>
    /// <param name="audio">Interleaved samples.</param>
    /// <returns>Frames accepted, from the start of <paramref name="audio"/>; the others are counted in <see cref="Overruns"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="audio"/> ends within a frame.</exception>
    public int Write(ReadOnlySpan<float> audio)
    {
        CheckWholeFrames(audio.Length, nameof(audio));
        var head = _indices.Head;
        if (_capacity - (head - _indices.TailSeenByWriter) < audio.Length)
        {
            // Acquire: what the reader did before it moved its index, it is done with.
            _indices.TailSeenByWriter = Volatile.Read(ref _indices.Tail);
        }

        var accepted = (int)Math.Min(audio.Length, _capacity - (head - _indices.TailSeenByWriter));
        var position = (int)head & _mask;
        var untilWrap = Math.Min(accepted, _storage.Length - position);
        audio[..untilWrap].CopyTo(_storage.AsSpan(position));
        audio[untilWrap..accepted].CopyTo(_storage);

        // Release: the samples are visible before the index that covers them.
        Volatile.Write(ref _indices.Head, head + accepted);
        if (accepted < audio.Length)
            Volatile.Write(ref _indices.Overruns, _indices.Overruns + (audio.Length - accepted) / Channels);
        return accepted / Channels;
    }

    /// <summary>Writer only. Appends as many frames as fit, in the shape of V1; the others are counted in <see cref="Overruns"/>.</summary>
    /// <param name="audio">Interleaved samples.</param>
    /// <exception cref="ArgumentException"><paramref name="audio"/> ends within a frame.</exception>
    public void Write(float[] audio)
    {
        ArgumentNullException.ThrowIfNull(audio);
        Write(audio.AsSpan());
    }

    /// <summary>Reader only. Takes the oldest frames.</summary>
    /// <param name="destination">Gets them at its start; the rest stays as it is.</param>
    /// <returns>Frames taken: as many as wait and fit.</returns>
    /// <exception cref="ArgumentException"><paramref name="destination"/> ends within a frame.</exception>
    public int Read(Span<float> destination)
    {
        CheckWholeFrames(destination.Length, nameof(destination));
        var tail = _indices.Tail;
        if (_indices.HeadSeenByReader - tail < destination.Length)
        {
            // Acquire: the samples below this index are visible.
            _indices.HeadSeenByReader = Volatile.Read(ref _indices.Head);
        }

        var taken = (int)Math.Min(destination.Length, _indices.HeadSeenByReader - tail);
        var position = (int)tail & _mask;
        var untilWrap = Math.Min(taken, _storage.Length - position);
        _storage.AsSpan(position, untilWrap).CopyTo(destination);
        _storage.AsSpan(0, taken - untilWrap).CopyTo(destination[untilWrap..]);

        // Release: our reads are over before the writer sees the place as free.
        Volatile.Write(ref _indices.Tail, tail + taken);
        return taken / Channels;
    }

    /// <summary>Reader only. Takes the oldest frames, in the shape of V1.</summary>
    /// <param name="count">Frames wanted; 0 or more.</param>
    /// <returns>A new array of exactly <paramref name="count"/> frames, filled up with zeros when fewer wait.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative or exceeds an array.</exception>
    public float[] Read(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Array.MaxLength / Channels);
        var result = new float[count * Channels];
        Read(result.AsSpan());
        return result;
    }

    /// <summary>Reader only. Forgets all waiting frames.</summary>
    public void Clear()
    {
        _indices.HeadSeenByReader = Volatile.Read(ref _indices.Head);
        Volatile.Write(ref _indices.Tail, _indices.HeadSeenByReader);
    }

    private void CheckWholeFrames(int samples, string parameter)
    {
        if (samples % Channels != 0)
            throw new ArgumentException($"{samples} samples are no whole number of frames of {Channels} channels.", parameter);
    }
}
