namespace PocketTts.Tests;

public sealed class NoiseSourceTests
{
    [Fact]
    public void TemperatureZero_IsSilent() => Assert.All(Draw(1, 0, variance: 0), v => Assert.Equal(0, v));

    [Fact]
    public void Deviation_IsTheRootOfTheTemperature()
    {
        var values = Draw(1, 0, variance: 0.49);

        Assert.InRange(Math.Sqrt(values.Average(v => (double)v * v)), 0.69, 0.71);
        Assert.InRange(values.Average(), -0.01, 0.01);
    }

    [Theory]
    [InlineData(1.0, 0.2913)]   // variance of a standard normal cut at ±1, from its closed form
    [InlineData(0.1, 0.00332)]
    [InlineData(2.0, 0.7737)]
    public void Clamp_DrawsAgainAndDoesNotPileUp(double clamp, double variance)
    {
        var values = Draw(1, 0, variance: 1, clamp);

        Assert.All(values, v => Assert.InRange(v, -clamp - 1e-6, clamp + 1e-6));
        Assert.InRange(values.Count(v => Math.Abs(v) == (float)clamp), 0, 5);
        Assert.InRange(values.Average(v => (double)v * v) / variance, 0.97, 1.03);
    }

    [Fact]
    public void SameSeedAndChunk_GiveTheSameValues_OthersDoNot()
    {
        Assert.Equal(Draw(5, 3), Draw(5, 3));
        Assert.NotEqual(Draw(5, 3), Draw(5, 4));
        Assert.NotEqual(Draw(5, 3), Draw(6, 3));
    }

    private static float[] Draw(ulong seed, int stream, double variance = 1, double? clamp = null)
    {
        var values = new float[100_000];
        new NoiseSource(seed, stream, variance, clamp).Fill(values);
        return values;
    }
}
