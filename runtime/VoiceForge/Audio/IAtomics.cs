namespace VoiceForge.Audio;

/// <summary>
/// Every access of the lock-free structures to words that another thread may see. Production code runs on <see cref="HardwareAtomics"/>,
/// which the compiler inlines away; the tests run the same structures on a model that tries every interleaving and delayed stores.
/// </summary>
/// <remarks>
/// Source of the idea (a policy type that costs nothing): BitFaster.Caching, github.com/bitfaster/BitFaster.Caching; of the model: loom,
/// github.com/tokio-rs/loom.
/// </remarks>
internal interface IAtomics
{
    /// <summary>A small number that differs between threads that run at once, as far as possible.</summary>
    static abstract int Lane { get; }

    /// <summary>Acquire: later accesses of this thread stay behind it.</summary>
    static abstract long Read(ref long location);

    /// <summary>Release: earlier accesses of this thread stay before it.</summary>
    static abstract void Write(ref long location, long value);

    /// <summary>Full fence.</summary>
    static abstract long Exchange(ref long location, long value);

    /// <summary>Full fence.</summary>
    static abstract long CompareExchange(ref long location, long value, long comparand);

    /// <summary>A word that only this side touches.</summary>
    static abstract long Own(ref long location);

    /// <inheritdoc cref="Own(ref long)"/>
    static abstract void SetOwn(ref long location, long value);

    /// <summary>Adds to a counter that only this side writes and anyone may look at.</summary>
    static abstract void Add(ref long counter, long amount);

    /// <summary>Copies samples into memory that the other side reads later. Orders nothing.</summary>
    static abstract void Store(ReadOnlySpan<float> source, Span<float> shared);

    /// <summary>Copies samples out of memory that the other side writes. Orders nothing.</summary>
    static abstract void Load(ReadOnlySpan<float> shared, Span<float> destination);
}
