using PocketTts.Onnx;

namespace PocketTts.Tests.Items;

/// <summary>The items of the specification about limits, steps, noise and the end of speech, each named after its number.</summary>
public sealed class AlgorithmItems
{
    [Fact]
    public void T26_MostFrames_FollowTheTokens() => Assert.Equal(
        [30, 34, 38, 67, 84, 88, 96, 234], new[] { 1, 2, 3, 10, 14, 15, 17, 50 }.Select(LatentGeneration.MostFrames));

    [Fact]
    public void T27_MostFrames_AreWhatTheCachesHold()
    {
        using var run = new TinyRun(voiceRows: 20, change: o => o with { EosThreshold = double.PositiveInfinity });

        Assert.Equal(Math.Min(67, 64 - 20 - 10), run.Frames(TinyRun.Text(tokens: 10), new GenerationOptions()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void T28_ConstantDirection_IsReachedInAnyNumberOfSteps(int steps) => Assert.Equal(2, Denoise(g => g.Constant(2f), steps, start: 0), 1e-6f);

    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 2.25)]
    [InlineData(4, 2.44140625)]
    public void T29_DirectionOfTheValue_GrowsByInterest(int steps, double end) => Assert.Equal((float)end, Denoise(_ => "x", steps, start: 1), 1e-6f);

    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 0.25)]
    [InlineData(4, 0.375)]
    public void T30_DirectionOfTheStart_AddsUpFromBelow(int steps, double end) => Assert.Equal((float)end, Denoise(_ => "s", steps, start: 0), 1e-6f);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void T31_DirectionOfTheStep_IsOneStep(int steps) => Assert.Equal(1f / steps, Denoise(g => g.Op("Sub", "t", "s"), steps, start: 0), 1e-6f);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void T32_DirectionOfTheEnd_AddsUpFromAbove(int steps) => Assert.Equal((steps + 1f) / (2 * steps), Denoise(_ => "t", steps, start: 0), 1e-6f);

    [Fact]
    public void T33_Noise_HasTheRootOfTheTemperatureAndIsDrawnAgainBeyondTheClamp()
    {
        Assert.All(Noise(1, 0, variance: 0), v => Assert.Equal(0, v));
        Assert.InRange(Math.Sqrt(Noise(1, 0, variance: 0.49).Average(v => (double)v * v)), 0.69, 0.71);
        var clamped = Noise(1, 0, variance: 0.7, clamp: 1);
        Assert.All(clamped, v => Assert.InRange(v, -1f, 1f));
        Assert.InRange(clamped.Count(v => Math.Abs(v) == 1f), 0, 5);
    }

    [Fact]
    public void T34_SameSeed_GivesTheSameNoise_InWhateverOrderTheChunksAreMade()
    {
        var (first, second) = (Noise(7, 0, 0.7), Noise(7, 1, 0.7));

        Assert.Equal(second, Noise(7, 1, 0.7));
        Assert.Equal(first, Noise(7, 0, 0.7));
        Assert.NotEqual(first, second);
    }

    [Theory]
    [InlineData(0, 3, 3)]
    [InlineData(10, 0, 10)]
    [InlineData(4, 2, 6)]
    public void T35_EndOfSpeech_IsFollowedByItsFrames(int step, int framesAfterEos, int frames)
    {
        using var run = new TinyRun(voiceRows: 3, change: o => o with { EosThreshold = TinyRun.ThresholdPassedAt(step, tokens: 6, voiceRows: 3) });
        using var alwaysHigh = new TinyRun(change: o => o with { EosThreshold = double.NegativeInfinity, MinFramesBeforeEos = 6 });

        Assert.Equal(frames, run.Frames(TinyRun.Text(tokens: 6), new GenerationOptions { FramesAfterEos = framesAfterEos }));
        Assert.Equal(6 + 3, alwaysHigh.Frames(TinyRun.Text(tokens: 6), new GenerationOptions { FramesAfterEos = 3 }));
    }

    [Fact]
    public void T36_NoEndOfSpeech_StopsAtTheLimitAndIsCounted()
    {
        using var run = new TinyRun(voiceRows: 1, change: o => o with { EosThreshold = double.PositiveInfinity });
        using var generation = new Generation(run.Engine, run.Engine.Request(run.Voice, TinyRun.Text(tokens: 4), new GenerationOptions()));
        var frame = new float[TinyGraphs.SamplesPerFrame];
        var frames = 0;
        while (generation.TryNext(frame))
            frames++;

        Assert.Equal(LatentGeneration.MostFrames(4), frames);
        Assert.Equal(1, generation.ChunksWithoutEnd);
    }

    [Fact]
    public void T37_LogitOfTheThreshold_IsNoEndOfSpeech()
    {
        const int step = 4;
        var passed = TinyRun.ThresholdPassedAt(step, tokens: 6, voiceRows: 3);
        using var above = new TinyRun(change: o => o with { EosThreshold = passed });
        using var equal = new TinyRun(change: o => o with { EosThreshold = passed + 0.5 }); // the logit of that step

        Assert.Equal(step, above.Frames(TinyRun.Text(tokens: 6), new GenerationOptions { FramesAfterEos = 0 }));
        Assert.Equal(step + 1, equal.Frames(TinyRun.Text(tokens: 6), new GenerationOptions { FramesAfterEos = 0 }));
    }

    private static float Denoise(Func<OnnxGraphWriter, string> direction, int steps, float start)
    {
        using var folder = new BundleFolder(f => f["flow_lm_flow.onnx"] = FlowGraphs.Write(direction));
        using var engine = folder.LoadEngine();
        var workspace = engine.Rent();
        try
        {
            workspace.Latents.Latent.Fill(start);
            workspace.Latents.Denoise(steps);
            return Assert.Single(workspace.Latents.Latent.ToArray().Distinct());
        }
        finally
        {
            engine.Return(workspace);
        }
    }

    private static float[] Noise(ulong seed, int chunk, double variance, double? clamp = null)
    {
        var values = new float[100_000];
        new NoiseSource(seed, chunk, variance, clamp).Fill(values);
        return values;
    }
}
