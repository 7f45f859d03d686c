using VoiceApp.Core;

namespace VoiceApp.Tests;

public class NoiseGateTests
{
    [Fact]
    public void QuietBlock_IsSilenced()
    {
        var gate = new NoiseGate(thresholdDb: -40);

        Assert.Equal(new float[3], gate.Process([0.009f, -0.009f, 0.001f]));
    }

    [Fact]
    public void LoudBlock_PassesWithGain()
    {
        var gate = new NoiseGate(thresholdDb: -40, gainDb: 6);

        var result = gate.Process([0.1f, -0.2f]);

        Assert.Equal(0.1995f, result[0], tolerance: 0.001f);
        Assert.Equal(-0.3991f, result[1], tolerance: 0.001f);
    }

    [Fact]
    public void GateStaysOpen_ForTheHoldAcrossBlocks()
    {
        var gate = new NoiseGate(thresholdDb: -40, holdSamples: 2);

        gate.Process([0.5f]);

        Assert.Equal([0.005f, 0.005f, 0f], gate.Process([0.005f, 0.005f, 0.005f]));
    }

    [Fact]
    public void GainBeyondFullScale_IsClipped() => Assert.Equal([1f], new NoiseGate(gainDb: 20).Process([0.5f]));
}
