using System.Diagnostics;
using VoiceForge.Audio;

namespace VoiceForge.Tests.Audio;

public sealed class DeviceWatchdogTests
{
    private readonly DeviceWatchdog _watchdog = new(sampleRate: 48000, bufferSize: 256);
    private long _callbacks;

    [Theory]
    [InlineData(48000, 256, 50)]
    [InlineData(48000, 32, 50)]
    [InlineData(48000, 480, 80)] // eight blocks
    [InlineData(8000, 4096, 4096)]
    public void SilenceLimit_IsFiftyMillisecondsOrEightBlocks(int sampleRate, int bufferSize, double milliseconds) =>
        Assert.Equal(milliseconds, new DeviceWatchdog(sampleRate, bufferSize).SilenceLimit.TotalMilliseconds, 3);

    [Fact]
    public void SilentDevice_IsLostAtTheLimitAndOpenedAgainAfterATenthOfASecond()
    {
        _watchdog.Start(At(0), 0);
        Assert.Equal(DeviceVerdict.Alive, Calls(0.01));
        Assert.Equal(DeviceVerdict.Alive, IsSilent(0.059));
        Assert.Equal(DeviceVerdict.Lost, IsSilent(0.061));
        Assert.Equal(DeviceVerdict.Lost, IsSilent(0.160));
        Assert.Equal(DeviceVerdict.Reopen, IsSilent(0.162));
        _watchdog.Reopened(At(0.162), _callbacks);
        Assert.Equal(DeviceVerdict.Alive, Calls(0.17));
        Assert.Equal(DeviceVerdict.Alive, IsSilent(0.2));
    }

    [Fact]
    public void DeviceThatStaysSilent_IsTriedTenTimesAtGrowingIntervalsAndGivenUp()
    {
        _watchdog.Start(At(0), 0);
        var attempts = new List<double>();
        var time = 0.0;
        while (true)
        {
            time += 0.01;
            var verdict = IsSilent(time);
            if (verdict == DeviceVerdict.GivenUp)
                break;
            if (verdict != DeviceVerdict.Reopen)
                continue;
            attempts.Add(time);
            _watchdog.Reopened(At(time), 0);
        }

        var pauses = attempts.Zip(attempts.Skip(1), (one, next) => next - one).ToArray();
        double[] expected = [0.2, 0.4, 0.8, 1.6, 3.2, 5, 5, 5, 5];
        Assert.Equal(10, attempts.Count);
        Assert.All(expected.Zip(pauses), pair => Assert.InRange(pair.Second, pair.First - 0.001, pair.First + 0.02));
    }

    [Fact]
    public void DeviceThatDiesSoonAfterEachOpening_IsStillBackedOffFrom()
    {
        _watchdog.Start(At(0), 0);
        var (time, reopened) = (0.0, 0);
        for (var attempt = 0; attempt < 10; attempt++)
        {
            while (IsSilent(time += 0.01) != DeviceVerdict.Reopen)
                Assert.True(time < 60);
            _watchdog.Reopened(At(time), _callbacks);
            reopened++;
            Assert.Equal(DeviceVerdict.Alive, Calls(time += 0.01)); // lives for 10 ms
        }

        while (IsSilent(time += 0.01) is var verdict && verdict != DeviceVerdict.GivenUp)
            Assert.NotEqual(DeviceVerdict.Reopen, verdict);
        Assert.Equal(10, reopened);
        Assert.True(time > 25);
    }

    [Fact]
    public void DeviceThatLivedTenSeconds_IsTriedAnewFromTheShortestPause()
    {
        _watchdog.Start(At(0), 0);
        for (var attempt = 0; attempt < 5; attempt++)
            _watchdog.Reopened(At(0), 0);
        var time = 0.0;
        while (time < 11)
            Assert.Equal(DeviceVerdict.Alive, Calls(time += 0.01));

        Assert.Equal(DeviceVerdict.Lost, IsSilent(time + 0.051));
        Assert.Equal(DeviceVerdict.Reopen, IsSilent(time + 0.152));
    }

    [Theory]
    [InlineData(3.9, false)]
    [InlineData(4.2, true)]
    public void DeviceThatCallsTooFast_IsLost(double times, bool isLost)
    {
        _watchdog.Start(At(0), 0);
        var verdict = DeviceVerdict.Alive;
        for (var step = 1; step <= 110; step++)
        {
            _callbacks = (long)(times * 187.5 * step / 100);
            verdict = _watchdog.Look(At(step / 100.0), _callbacks);
        }

        Assert.Equal(isLost, _watchdog.IsRacing);
        Assert.Equal(isLost, verdict != DeviceVerdict.Alive);
        _watchdog.Reopened(At(1.2), _callbacks);
        Assert.Equal(DeviceVerdict.Alive, Calls(1.21));
    }

    private static long At(double seconds) => 1_000_000 + (long)(seconds * Stopwatch.Frequency);

    private DeviceVerdict Calls(double seconds) => _watchdog.Look(At(seconds), ++_callbacks);

    private DeviceVerdict IsSilent(double seconds) => _watchdog.Look(At(seconds), _callbacks);
}
