namespace VoiceForge.Audio;

/// <summary>The processor's own operations.</summary>
internal readonly struct HardwareAtomics : IAtomics
{
    public static int Lane => Environment.CurrentManagedThreadId;

    public static long Read(ref long location) => Volatile.Read(ref location);

    public static void Write(ref long location, long value) => Volatile.Write(ref location, value);

    public static long Exchange(ref long location, long value) => Interlocked.Exchange(ref location, value);

    public static long CompareExchange(ref long location, long value, long comparand) => Interlocked.CompareExchange(ref location, value, comparand);

    public static long Own(ref long location) => location;

    public static void SetOwn(ref long location, long value) => location = value;

    // Only one thread adds, so nothing is lost; the volatile write keeps a 64-bit counter whole for those who look.
    public static void Add(ref long counter, long amount) => Volatile.Write(ref counter, counter + amount);

    public static void Store(ReadOnlySpan<float> source, Span<float> shared) => source.CopyTo(shared);

    public static void Load(ReadOnlySpan<float> shared, Span<float> destination) => shared.CopyTo(destination);
}
