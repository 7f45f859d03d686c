using PocketTts.Tone;

namespace PocketTts.Tests;

public sealed class GenerationTests : IDisposable
{
    private readonly TtsModel _model = TtsModel.LoadModel(new TtsModelOptions { Variant = "tone", MinFramesBeforeEos = 0 });
    private readonly VoiceState _voice;

    public GenerationTests() => _voice = _model.GetStateForAudioPrompt("alba");

    public void Dispose()
    {
        _voice.Dispose();
        _model.Dispose();
    }

    [Theory]
    [InlineData(1, 30)]
    [InlineData(2, 34)]
    [InlineData(3, 38)]
    [InlineData(10, 67)]
    [InlineData(14, 84)]
    [InlineData(15, 88)]
    [InlineData(17, 96)]
    [InlineData(50, 234)]
    public void FrameLimit_FollowsTheTokens(int tokens, int frames) => Assert.Equal(frames, LatentGeneration.MostFrames(tokens));

    [Theory]
    [InlineData("ab", null, 5)]                          // up to four words
    [InlineData("a b c d e", null, 3)]
    [InlineData("ab", 0, 0)]
    [InlineData("a b c d e", 8, 8)]
    public void EndOfSpeech_IsFollowedByItsFrames(string text, int? framesAfterEos, int expected)
    {
        var audio = _model.GenerateAudio(_voice, text, new GenerationOptions { FramesAfterEos = framesAfterEos });

        var spoken = (text.Length + 1) * ToneTable.FramesPerToken; // and the full stop
        Assert.Equal((spoken + expected) * 1920, audio.Length);
        Assert.All(audio.Skip(spoken * 1920), s => Assert.Equal(0, s));
    }

    [Fact]
    public void RecommendedFrames_ComeFromTheModel()
    {
        using var folder = new BundleFolder(f => BundleFolder.ChangeManifest(f, m => m with { ModelRecommendedFramesAfterEos = 8 }));
        using var model = TtsModel.LoadModel(folder.Options with { MinFramesBeforeEos = 0 });
        using var voice = model.GetStateForAudioPrompt("alba");

        Assert.Equal((4 + 8) * 1920, model.GenerateAudio(voice, "a").Length);
        Assert.Equal((4 + 1) * 1920, model.GenerateAudio(voice, "a", new GenerationOptions { FramesAfterEos = 1 }).Length);
    }

    [Theory]
    [InlineData(0, 4)]
    [InlineData(4, 4)]
    [InlineData(9, 9)]
    public void EndOfSpeech_IsNotLookedForBeforeTheMinimum(int minimum, int end)
    {
        using var model = TtsModel.LoadModel(new TtsModelOptions { Variant = "tone", MinFramesBeforeEos = minimum });
        using var voice = model.GetStateForAudioPrompt("alba");

        Assert.Equal((end + 3) * 1920, model.GenerateAudio(voice, "a", new GenerationOptions { FramesAfterEos = 3 }).Length);
    }

    [Theory]
    [InlineData(-1, 4)]    // the logits of "a." from frame 4 on: 0, 1, 2, 3, …
    [InlineData(0, 5)]     // equal is not above
    [InlineData(2.5, 7)]
    [InlineData(-8.5, 0)]
    public void Threshold_IsExceededNotReached(double threshold, int end)
    {
        using var model = TtsModel.LoadModel(new TtsModelOptions { Variant = "tone", MinFramesBeforeEos = 0, EosThreshold = threshold });
        using var voice = model.GetStateForAudioPrompt("alba");

        Assert.Equal(end * 1920, model.GenerateAudio(voice, "a", new GenerationOptions { FramesAfterEos = 0 }).Length);
    }

    [Fact]
    public void NoEndOfSpeech_StopsAtTheLimitAndIsCounted()
    {
        using var engine = SpeechEngine.Load(new TtsModelOptions { Variant = "tone", EosThreshold = double.PositiveInfinity });
        using var voice = engine.CreateVoice("alba", truncate: false);
        using var generation = new Generation(engine, engine.Request(voice, "ab", new GenerationOptions()));

        var frames = Count(generation);

        Assert.Equal(LatentGeneration.MostFrames(tokens: 3), frames);
        Assert.Equal(1, generation.ChunksWithoutEnd);
    }

    [Fact]
    public void Limit_IsWhatTheCachesHold()
    {
        using var engine = SpeechEngine.Load(new TtsModelOptions { Variant = "tone", EosThreshold = double.PositiveInfinity });
        using var voice = engine.CreateVoice(ToneVoiceTests.Square(0.5, 950 * 1920), 24000, truncate: false);
        using var generation = new Generation(engine, engine.Request(voice, "abcdefghi", new GenerationOptions()));

        Assert.Equal(950, voice.Share().Position);
        Assert.Equal(ToneGraphs.Capacity - 950 - 10, Count(generation)); // of 67
    }

    [Fact]
    public void Stream_GivesTheSamplesOfTheBatch_AFrameEach()
    {
        const string text = "First sentence, which is long enough. Second sentence, which is long enough too. Third.";
        var frames = _model.GenerateAudioStream(_voice, text).ToList();

        Assert.All(frames, f => Assert.Equal(1920, f.Length));
        Assert.Equal(frames.Count, frames.Distinct().Count());
        Assert.Equal(_model.GenerateAudio(_voice, text), frames.SelectMany(f => f));
    }

    [Fact]
    public void Stream_CanBeEnumeratedTwice()
    {
        var stream = _model.GenerateAudioStream(_voice, "twice");

        Assert.Equal(stream.SelectMany(f => f).ToArray(), stream.SelectMany(f => f).ToArray());
    }

    [Fact]
    public void ChunkStart_FadesInWithinFiveMilliseconds()
    {
        var samples = Enumerable.Repeat(1f, 1920).ToArray();

        Generation.FadeIn(samples);

        Assert.All(Enumerable.Range(0, 120), k => Assert.Equal(k / 119f, samples[k]));
        Assert.All(samples[120..], s => Assert.Equal(1, s));
    }

    [Fact]
    public void StreamEndedEarly_GivesItsWorkspaceBack()
    {
        using var engine = SpeechEngine.Load(new TtsModelOptions { Variant = "tone" });
        using var voice = engine.CreateVoice("alba", truncate: false);
        var frames = engine.Stream(voice, "a long enough text", new GenerationOptions()).GetEnumerator();
        Assert.Equal(0, engine.ActiveGenerations);
        Assert.True(frames.MoveNext());
        Assert.Equal(1, engine.ActiveGenerations);

        frames.Dispose();

        Assert.Equal(0, engine.ActiveGenerations);
        Assert.Equal("hi.", ToneReader.Read(engine.Generate(voice, "hi", new GenerationOptions()))); // in the same workspace
    }

    [Fact]
    public async Task ParallelGenerations_GiveWhatSequentialOnesGive()
    {
        string[] texts = ["alpha beta", "gamma. delta, epsilon", "zeta 1 2 3", "eta theta iota kappa"];
        var expected = texts.Select(t => _model.GenerateAudio(_voice, t)).ToArray();

        var runs = Enumerable.Range(0, 16).Select(i => Task.Run(() => (Index: i % 4, Audio: _model.GenerateAudio(_voice, texts[i % 4]))));

        foreach (var (index, audio) in await Task.WhenAll(runs))
            Assert.Equal(expected[index], audio);
    }

    [Fact]
    public void Frames_AllocateNothing()
    {
        using var engine = SpeechEngine.Load(new TtsModelOptions { Variant = "tone", LsdDecodeSteps = 2 });
        using var voice = engine.CreateVoice("alba", truncate: false);
        using var generation = new Generation(engine, engine.Request(voice, "a text that is long enough to measure", new GenerationOptions()));
        var frame = new float[1920];
        for (var i = 0; i < 10; i++)
            Assert.True(generation.TryNext(frame));

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 50; i++)
            generation.TryNext(frame);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static int Count(Generation generation)
    {
        var frame = new float[1920];
        var frames = 0;
        while (generation.TryNext(frame))
            frames++;
        return frames;
    }
}
