using System.ComponentModel;

namespace VoiceForge.Audio;

/// <summary>A first-in-first-out queue of audio frames, guarded by a lock. When it is full, the oldest frames are overwritten.</summary>
/// <remarks>
/// Any thread may call any member; each call takes the lock, so none belongs on an audio thread. <see cref="Read"/> allocates.
/// Successors: <see cref="T:VoiceForge.Audio.TripleBuffer"/> (newest block wins) and <see cref="T:VoiceForge.Audio.SampleQueue"/> (no frame is overwritten).
/// </remarks>
#if !LEGACY_SDK
[Obsolete(
    "RingBuffer is V1. Use TripleBuffer, or SampleQueue where no sample may be lost.",
    DiagnosticId = "MKOBSOLETE", UrlFormat = "https://github.com/migrationkit/migrationkit/blob/main/docs/rules/MK0101.md")]
[EditorBrowsable(EditorBrowsableState.Never)]
#endif
public class RingBuffer
{
    private readonly Lock _lock = new();
    private readonly float[] _storage;
    private int _start;
    private int _count;

    /// <param name="capacitySamples">Frames the buffer holds; more than 0.</param>
    /// <param name="channels">Samples per frame; more than 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is 0 or less, or both together exceed an array.</exception>
    public RingBuffer(int capacitySamples, int channels = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacitySamples);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(channels);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacitySamples, Array.MaxLength / channels);
        CapacitySamples = capacitySamples;
        Channels = channels;
        _storage = new float[capacitySamples * channels];
    }

    /// <summary>Frames the buffer holds.</summary>
    public int CapacitySamples { get; }

    /// <summary>Samples per frame.</summary>
    public int Channels { get; }

    /// <summary>Frames waiting to be read.</summary>
    public int Available
    {
        get
        {
            lock (_lock)
            {
                return _count / Channels;
            }
        }
    }

    /// <summary>Appends frames. What does not fit overwrites the oldest; of more than a full buffer only the last frames stay.</summary>
    /// <param name="audio">Interleaved samples; a multiple of <see cref="Channels"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="audio"/> ends within a frame.</exception>
    public void Write(float[] audio)
    {
        ArgumentNullException.ThrowIfNull(audio);
        if (audio.Length % Channels != 0)
            throw new ArgumentException($"{audio.Length} samples are no whole number of frames of {Channels} channels.", nameof(audio));

        lock (_lock)
        {
            var kept = Math.Min(audio.Length, _storage.Length);
            var overwritten = Math.Max(0, kept - (_storage.Length - _count));
            _start = (int)(((long)_start + overwritten) % _storage.Length);
            _count -= overwritten;

            var end = (int)(((long)_start + _count) % _storage.Length);
            var untilWrap = Math.Min(kept, _storage.Length - end);
            var source = audio.Length - kept;
            Array.Copy(audio, source, _storage, end, untilWrap);
            Array.Copy(audio, source + untilWrap, _storage, 0, kept - untilWrap);
            _count += kept;
        }
    }

    /// <summary>Takes the oldest frames.</summary>
    /// <param name="count">Frames wanted; 0 or more.</param>
    /// <returns>A new array of exactly <paramref name="count"/> frames, filled up with zeros when fewer wait.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative or exceeds an array.</exception>
    public float[] Read(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Array.MaxLength / Channels);
        var result = new float[count * Channels];
        lock (_lock)
        {
            var taken = Math.Min(result.Length, _count);
            var untilWrap = Math.Min(taken, _storage.Length - _start);
            Array.Copy(_storage, _start, result, 0, untilWrap);
            Array.Copy(_storage, 0, result, untilWrap, taken - untilWrap);
            _start = (int)(((long)_start + taken) % _storage.Length);
            _count -= taken;
        }

        return result;
    }

    /// <summary>Forgets all waiting frames.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _start = 0;
            _count = 0;
        }
    }
}
