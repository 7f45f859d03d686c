using System.Diagnostics;

namespace VoiceForge.Audio;

/// <summary>Tells from the number of callbacks alone whether a device lives; many drivers never report that it was unplugged. One thread.</summary>
/// <remarks>Times are <see cref="Stopwatch"/> ticks: a clock that is set, forward or back, changes nothing.</remarks>
internal sealed class DeviceWatchdog
{
    private const int MaxAttempts = 10;
    private const int RacingFactor = 4;
    private static readonly TimeSpan ShortestLimit = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Proven = TimeSpan.FromSeconds(10); // a device that lived this long has recovered

    private readonly double _blocksPerSecond;
    private long _callbacks;
    private long _lastHeard;
    private long _aliveSince;
    private long _nextAttempt;
    private long _windowStart;
    private long _windowCallbacks;
    private int _attempts;
    private bool _isLost;

    public DeviceWatchdog(int sampleRate, int bufferSize)
    {
        _blocksPerSecond = (double)sampleRate / bufferSize;
        SilenceLimit = TimeSpan.FromSeconds(Math.Max(ShortestLimit.TotalSeconds, 8 / _blocksPerSecond));
    }

    /// <summary>A device that has not called for this long is lost: 50 ms or eight blocks, whichever is longer.</summary>
    public TimeSpan SilenceLimit { get; }

    /// <summary>Whether it called far more often than a sound card can: lost, but running on without blocking.</summary>
    public bool IsRacing { get; private set; }

    /// <summary>Whether the device is silent or racing.</summary>
    public bool IsLost => _isLost;

    /// <summary>A new run.</summary>
    public void Start(long now, long callbacks)
    {
        _attempts = 0;
        _isLost = false;
        Heard(now, callbacks);
        BeginWindow(now, callbacks);
        _aliveSince = now;
    }

    /// <summary>The device was opened again, or that was tried.</summary>
    public void Reopened(long now, long callbacks)
    {
        _attempts++;
        IsRacing = false;
        Heard(now, callbacks);
        BeginWindow(now, callbacks);
        _nextAttempt = now + Ticks(Pause(_attempts));
    }

    /// <summary>To be called several times within <see cref="SilenceLimit"/>.</summary>
    public DeviceVerdict Look(long now, long callbacks)
    {
        LookForRacing(now, callbacks);
        if (callbacks != _callbacks && !IsRacing)
        {
            if (_isLost)
                (_isLost, _aliveSince) = (false, now);
            Heard(now, callbacks);
            if (now - _aliveSince >= Ticks(Proven))
                _attempts = 0;
            return DeviceVerdict.Alive;
        }

        if (!IsRacing && now - _lastHeard < Ticks(SilenceLimit))
            return _isLost ? DeviceVerdict.Lost : DeviceVerdict.Alive;
        if (!_isLost)
        {
            _isLost = true;
            _nextAttempt = now + Ticks(Pause(_attempts));
        }

        return now < _nextAttempt ? DeviceVerdict.Lost : _attempts >= MaxAttempts ? DeviceVerdict.GivenUp : DeviceVerdict.Reopen;
    }

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);

    private static TimeSpan Pause(int attempts) => TimeSpan.FromTicks(Math.Min(LongestPause.Ticks, FirstPause.Ticks << attempts));

    private void Heard(long now, long callbacks) => (_lastHeard, _callbacks) = (now, callbacks);

    private void BeginWindow(long now, long callbacks) => (_windowStart, _windowCallbacks) = (now, callbacks);

    private void LookForRacing(long now, long callbacks)
    {
        var elapsed = now - _windowStart;
        if (elapsed < Stopwatch.Frequency)
            return; // a device may deliver what it has buffered in one burst

        IsRacing = callbacks - _windowCallbacks > RacingFactor * _blocksPerSecond * elapsed / Stopwatch.Frequency;
        BeginWindow(now, callbacks);
    }
}
