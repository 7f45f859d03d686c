namespace MigrationKit.Benchmarks;

/// <summary>Carries items from one thread to one other, the same way for both sides of a comparison.</summary>
internal sealed class StructuresMailbox<T>
{
    private const int Length = 16;
    private readonly T[] _items = new T[Length];
    private readonly long[] _counts = new long[64]; // 128 bytes apart: put, taken

    public bool TryPut(in T item)
    {
        var put = _counts[16];
        if (put - Volatile.Read(ref _counts[32]) == Length)
            return false;

        _items[put % Length] = item;
        Volatile.Write(ref _counts[16], put + 1);
        return true;
    }

    public bool TryTake(out T item)
    {
        var taken = _counts[32];
        if (taken == Volatile.Read(ref _counts[16]))
        {
            item = default!;
            return false;
        }

        item = _items[taken % Length];
        Volatile.Write(ref _counts[32], taken + 1);
        return true;
    }
}
