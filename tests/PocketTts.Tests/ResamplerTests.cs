using PocketTts.Voices;

namespace PocketTts.Tests;

public sealed class ResamplerTests
{
    [Theory]
    [InlineData(48000, 1000, 500)]
    [InlineData(48000, 1001, 501)]
    [InlineData(44100, 44100, 24000)]
    [InlineData(44100, 1000, 545)]
    [InlineData(8000, 100, 300)]
    [InlineData(24000, 77, 77)]
    public void Length_IsRoundedUp(int rate, int length, int expected) =>
        Assert.Equal(expected, Resampler.Resample(new float[length], rate, 24000).Length);

    [Theory]
    [InlineData(48000)]
    [InlineData(44100)]
    [InlineData(16000)]
    public void Sine_KeepsItsPitchAndLoudness(int rate)
    {
        var samples = Enumerable.Range(0, rate).Select(n => MathF.Sin(2 * MathF.PI * 1000 * n / rate)).ToArray();

        var resampled = Resampler.Resample(samples, rate, 24000);

        Assert.InRange(ToneReader.Amplitude(resampled.AsSpan(2400, 19200), 1000), 0.99, 1.01);
    }

    [Fact]
    public void PitchAboveTheNewRate_IsRemoved()
    {
        var samples = Enumerable.Range(0, 48000).Select(n => MathF.Sin(2 * MathF.PI * 18000 * n / 48000)).ToArray();

        var resampled = Resampler.Resample(samples, 48000, 24000);

        Assert.InRange(resampled.AsSpan(2400, 19200).ToArray().Max(MathF.Abs), 0, 0.01);
    }
}
