using System.Diagnostics;
using System.Numerics;

namespace VoiceForge.Audio;

/// <summary>Counts durations in buckets 1/16 of their value wide. One thread records without locks or allocations, any thread reads.</summary>
/// <remarks>Source of the idea (linear buckets within each power of two): HdrHistogram, github.com/HdrHistogram/HdrHistogram.</remarks>
internal sealed class LatencyHistogram
{
    private const int SubBuckets = 16;
    private const int SubBucketBits = 4;
    private const int LargestBit = 40; // 2^40 ns, 18 minutes; longer counts as that

    private readonly long[] _counts = new long[(LargestBit - SubBucketBits + 2) * SubBuckets];
    private long _max; // ns

    public void Record(long stopwatchTicks)
    {
        var nanoseconds = (long)(stopwatchTicks * (1e9 / Stopwatch.Frequency));
        ref var count = ref _counts[BucketOf(nanoseconds)];
        Volatile.Write(ref count, count + 1);
        if (nanoseconds > _max)
            Volatile.Write(ref _max, nanoseconds);
    }

    public LatencySummary Summarize()
    {
        var counts = new long[_counts.Length];
        var total = 0L;
        for (var index = 0; index < counts.Length; index++)
            total += counts[index] = Volatile.Read(ref _counts[index]);

        var max = Volatile.Read(ref _max);
        return new LatencySummary(Percentile(counts, total, max, 0.50), Percentile(counts, total, max, 0.95), Percentile(counts, total, max, 0.99), Span(max));
    }

    private static TimeSpan Percentile(long[] counts, long total, long max, double share)
    {
        var wanted = (long)Math.Ceiling(total * share);
        var seen = 0L;
        for (var bucket = 0; bucket < counts.Length; bucket++)
        {
            seen += counts[bucket];
            if (seen >= wanted && seen > 0)
                return Span(Math.Min(max, UpperBoundOf(bucket)));
        }

        return TimeSpan.Zero;
    }

    private static int BucketOf(long nanoseconds)
    {
        var value = (ulong)Math.Clamp(nanoseconds, 0, (1L << LargestBit) - 1);
        if (value < SubBuckets)
            return (int)value;

        var shift = BitOperations.Log2(value) - SubBucketBits;
        return (shift + 1) * SubBuckets + (int)(value >> shift) - SubBuckets;
    }

    private static long UpperBoundOf(int bucket)
    {
        if (bucket < SubBuckets)
            return bucket;

        var shift = bucket / SubBuckets - 1;
        return ((long)(bucket % SubBuckets + SubBuckets + 1) << shift) - 1;
    }

    // Rounded up: below a tick of 100 ns there would be nothing left of a duration.
    private static TimeSpan Span(long nanoseconds) => TimeSpan.FromTicks((nanoseconds + 99) / 100);
}
