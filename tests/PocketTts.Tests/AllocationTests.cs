namespace PocketTts.Tests;

/// <summary>Counts what the whole process allocates, so nothing else may run.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
[Collection(nameof(AllocationTests))]
public sealed class AllocationTests
{
    private const int Windows = 12, FramesPerWindow = 10;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Frames_AllocateNothing_OnAnyThread(bool isOverlapped)
    {
        using var engine = SpeechEngine.Load(new TtsModelOptions { Variant = "tone", LsdDecodeSteps = 2 });
        using var voice = engine.CreateVoice("alba", truncate: false);
        var text = new string('a', 120);
        var request = engine.Request(voice, text, new GenerationOptions { MaxTokens = 200 });
        using var generation = new Generation(engine, request, CancellationToken.None, isOverlapped);
        var frame = new float[1920];
        for (var i = 0; i < FramesPerWindow; i++)
            Assert.True(generation.TryNext(frame));

        // The test platform may allocate in some of the windows; what a frame allocates would show in each.
        var least = Enumerable.Range(0, Windows).Min(_ =>
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var i = 0; i < FramesPerWindow; i++)
                generation.TryNext(frame);
            return GC.GetTotalAllocatedBytes(precise: true) - before;
        });

        Assert.Equal(0, least);
    }

    [Fact]
    public void VoiceState_TakesItsRowsAndLittleMore()
    {
        using var tiny = new TinyModel(TinyLayout.K1);
        using var engine = SpeechEngine.Load(tiny.Options);
        var prompts = Enumerable.Range(1, 2).Select(n => Enumerable.Repeat(n / 4f, 4 * TinyGraphs.SamplesPerFrame).ToArray()).ToArray();
        using var warm = engine.CreateVoice(prompts[0], 24000, truncate: false);

        using var voice = engine.CreateVoice(prompts[1], 24000, truncate: false);

        var snapshot = voice.Share();
        const int caches = 2 * TinyGraphs.Layers; // keys and values
        Assert.Equal(snapshot.Position * caches * TinyGraphs.RowSize * sizeof(float), snapshot.Caches.Sum(c => c.Length));
    }
}
