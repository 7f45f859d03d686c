using System.Numerics;
using System.Runtime.InteropServices;

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
    private const int LinePairBytes = 128;

    private readonly float[] _storage; // pinned; keeps the samples alive
    private SampleQueueCore<HardwareAtomics> _core; // a mutable struct: never readonly

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
        var length = (int)BitOperations.RoundUpToPowerOf2((uint)(capacitySamples * channels));
        _storage = GC.AllocateArray<float>(length + LinePairBytes / sizeof(float), pinned: true);
        var start = (Marshal.UnsafeAddrOfPinnedArrayElement(_storage, 0) + LinePairBytes - 1) / LinePairBytes * LinePairBytes;
        _core = new SampleQueueCore<HardwareAtomics>(start, length, capacitySamples * channels);
    }

    /// <summary>Frames the queue holds.</summary>
    public int CapacitySamples { get; }

    /// <summary>Samples per frame.</summary>
    public int Channels { get; }

    /// <summary>Frames waiting; any thread. For the reader at least so many are there, for the writer at most.</summary>
    public int Available => _core.CountWaiting() / Channels;

    /// <summary>Frames refused because the queue was full; any thread.</summary>
    public long Overruns => Volatile.Read(ref _core.Indices.Overruns);

    /// <summary>Writer only. Appends as many frames as fit.</summary>
    /// <param name="audio">Interleaved samples.</param>
    /// <returns>Frames accepted, from the start of <paramref name="audio"/>; the others are counted in <see cref="Overruns"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="audio"/> ends within a frame.</exception>
    public int Write(ReadOnlySpan<float> audio)
    {
        CheckWholeFrames(audio.Length, nameof(audio));
        var accepted = _core.Write(audio);
        if (accepted < audio.Length)
            HardwareAtomics.Add(ref _core.Indices.Overruns, Frames(audio.Length - accepted));
        GC.KeepAlive(_storage);
        return Frames(accepted);
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
        var taken = _core.Read(destination);
        GC.KeepAlive(_storage);
        return Frames(taken);
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
    public void Clear() => _core.Clear();

    // A division takes longer than all else on these paths, and most audio here is mono.
    private int Frames(int samples) => Channels == 1 ? samples : samples / Channels;

    private void CheckWholeFrames(int samples, string parameter)
    {
        if (Channels != 1 && samples % Channels != 0)
            throw new ArgumentException($"{samples} samples are no whole number of frames of {Channels} channels.", parameter);
    }
}
