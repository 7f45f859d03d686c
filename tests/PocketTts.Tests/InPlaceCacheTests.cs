namespace PocketTts.Tests;

/// <summary>Graphs that scatter new rows into their caches get one piece of memory for input and output; what they say must not change.</summary>
public sealed class InPlaceCacheTests
{
    private static readonly float[] Prompt = Items.TinyRun.Samples(3 * TinyGraphs.SamplesPerFrame);

    [Theory]
    [InlineData(TinyLayout.K1)]
    [InlineData(TinyLayout.S)]
    [InlineData(TinyLayout.K2)]
    [InlineData(TinyLayout.L)]
    [InlineData(TinyLayout.V)]
    public void Caches_AreOneTensor_AndSayTheSame(TinyLayout layout)
    {
        using TinyModel copying = new(layout), inPlace = new(layout, graphs: new TinyGraphs(layout) { ScattersInPlace = true });
        using SpeechEngine expected = SpeechEngine.Load(copying.Options), found = SpeechEngine.Load(inPlace.Options);

        Assert.DoesNotContain(expected.Graphs.FlowSlots, s => s.IsInPlace);
        Assert.All(found.Graphs.FlowSlots, s => Assert.Equal(s.IsCache, s.IsInPlace));
        foreach (var text in (string[])["abc def. ghi", "hi", "a longer text, with commas"])
            Assert.Equal(Speak(expected, text), Speak(found, text));
    }

    [Fact]
    public void TerminatedRun_LeavesNothingBehind()
    {
        using var tiny = new TinyModel(TinyLayout.K2, graphs: new TinyGraphs(TinyLayout.K2) { ScattersInPlace = true });
        using var engine = SpeechEngine.Load(tiny.Options);
        var before = Speak(engine, "abc def");
        var workspace = engine.Rent();
        workspace.Latents.ResetFlow();
        workspace.Terminate();
        Assert.ThrowsAny<Exception>(() => workspace.Latents.StepMain());
        foreach (var state in workspace.Latents.FlowStates)
            state.Bytes.Fill(0x7f); // the worst that a run could leave
        engine.Return(workspace);

        Assert.Equal(before, Speak(engine, "abc def"));
    }

    private static float[] Speak(SpeechEngine engine, string text)
    {
        using var voice = engine.CreateVoice(Prompt, 24000, truncate: false);
        return engine.Generate(voice, text, new GenerationOptions { MaxTokens = 12 });
    }
}
