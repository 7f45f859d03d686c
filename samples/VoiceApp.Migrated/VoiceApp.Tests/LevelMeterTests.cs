using VoiceApp.Core;

namespace VoiceApp.Tests;

public class LevelMeterTests
{
    [Fact]
    public void Peak_FollowsTheBlockAndTheLoudestIsHeld()
    {
        var meter = new LevelMeter();

        meter.Update([0.1f, -0.5f]);
        meter.Update([0.1f]);

        Assert.Equal(-20, meter.PeakDb, 1);
        Assert.Equal(-6, meter.HeldPeakDb, 1);
    }

    [Fact]
    public void Silence_ReadsTheFloor()
    {
        var meter = new LevelMeter();

        meter.Update(new float[8]);

        Assert.Equal(LevelMeter.Floor, meter.PeakDb);
        Assert.Equal("", meter.ToString());
    }
}
