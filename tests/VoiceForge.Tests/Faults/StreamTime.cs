namespace VoiceForge.Tests.Faults;

/// <summary>A monotonic clock that the test moves. It has no wall clock: who asks for that fails.</summary>
internal sealed class StreamTime : TimeProvider
{
    private long _timestamp = 1;
    private long _reads;
    private long _wallClockReads;

    /// <summary>How often the monotonic clock was read: a sign that a thread that looks at it has come round.</summary>
    public long Reads => Volatile.Read(ref _reads);

    public long WallClockReads => Volatile.Read(ref _wallClockReads);

    public override long GetTimestamp()
    {
        Interlocked.Increment(ref _reads);
        return Volatile.Read(ref _timestamp);
    }

    public override DateTimeOffset GetUtcNow()
    {
        Interlocked.Increment(ref _wallClockReads);
        throw new InvalidOperationException("The wall clock can be set; audio must not depend on it.");
    }

    public void Advance(TimeSpan time) => Interlocked.Add(ref _timestamp, (long)(time.TotalSeconds * TimestampFrequency));
}
