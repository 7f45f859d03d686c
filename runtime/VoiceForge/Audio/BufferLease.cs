using System.Runtime.CompilerServices;

namespace VoiceForge.Audio;

/// <summary>The right to use one slot of a <see cref="BufferPool"/> until it is released.</summary>
/// <remarks>
/// A value: copies mean the same slot, and releasing one releases all. Keep the lease (a <c>using</c> does) as long as its span is used:
/// it is what keeps the pool's memory alive. Releasing twice is harmless and counted.
/// </remarks>
public readonly struct BufferLease : IDisposable
{
    private readonly BufferPool? _pool;

    internal BufferLease(BufferPool pool, int index, long generation)
    {
        _pool = pool;
        Index = index;
        Generation = generation;
    }

    internal int Index { get; }

    internal long Generation { get; }

    /// <summary>The slot, <c>[slotSizeSamples × channels]</c>; holds whatever its last user left. Empty for a default lease. Allocates nothing.</summary>
    /// <exception cref="InvalidOperationException">The lease has been released.</exception>
    public Span<float> Samples => _pool is null ? default : _pool.SamplesOf(Index, Generation);

    /// <summary>Where the slot begins: for holders that keep the lease themselves.</summary>
    internal unsafe nint Address => (nint)Unsafe.AsPointer(ref Samples[0]);

    /// <summary>Releases the slot, as <see cref="BufferPool.Release"/> does. Any thread, once.</summary>
    public void Dispose() => _pool?.Release(this);

    internal bool IsOf(BufferPool pool) => ReferenceEquals(_pool, pool);
}
