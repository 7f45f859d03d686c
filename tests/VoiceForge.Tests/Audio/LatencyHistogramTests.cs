using System.Diagnostics;
using VoiceForge.Audio;

namespace VoiceForge.Tests.Audio;

public sealed class LatencyHistogramTests
{
    [Fact]
    public void NothingRecorded_IsAllZero() => Assert.Equal(default, new LatencyHistogram().Summarize());

    [Fact]
    public void OneToAThousandMicroseconds_GiveTheirPercentilesAsUpperBounds()
    {
        var histogram = new LatencyHistogram();
        for (var microseconds = 1; microseconds <= 1000; microseconds++)
            histogram.Record(Stopwatch.Frequency * microseconds / 1_000_000);

        var (p50, p95, p99, max) = histogram.Summarize();

        Assert.InRange(p50.TotalMicroseconds, 500, 500 * 17 / 16d);
        Assert.InRange(p95.TotalMicroseconds, 950, 1000);
        Assert.InRange(p99.TotalMicroseconds, 990, 1000);
        Assert.Equal(1000, max.TotalMicroseconds);
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(0)]
    [InlineData(long.MaxValue / 2)]
    public void DurationOutOfRange_IsCountedWithoutFailing(long ticks)
    {
        var histogram = new LatencyHistogram();

        histogram.Record(ticks);

        Assert.True(histogram.Summarize().P50 >= TimeSpan.Zero);
    }
}
