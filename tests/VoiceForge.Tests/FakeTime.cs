namespace VoiceForge.Tests;

/// <summary>A clock that goes when it is told to; the wall clock and the monotonic one are set apart.</summary>
internal sealed class FakeTime : TimeProvider
{
    private long _ticks;

    public DateTimeOffset Now { get; set; } = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => _ticks;

    public void Advance(TimeSpan time)
    {
        _ticks += time.Ticks;
        Now += time;
    }
}
