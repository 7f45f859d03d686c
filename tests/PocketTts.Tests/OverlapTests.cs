namespace PocketTts.Tests;

/// <summary>Two threads, one that makes latents and one that decodes them, must give what one thread gives.</summary>
public sealed class OverlapTests : IDisposable
{
    private readonly TinyModel _tiny = new(TinyLayout.K2);
    private readonly SpeechEngine _engine;
    private readonly VoiceState _voice;

    public OverlapTests()
    {
        _engine = SpeechEngine.Load(_tiny.Options with { Temp = 0.7, Seed = 5 });
        _voice = _engine.CreateVoice(Enumerable.Range(1, 3 * TinyGraphs.SamplesPerFrame).Select(i => i / 32f).ToArray(), 24000, truncate: false);
    }

    public void Dispose()
    {
        _voice.Dispose();
        _engine.Dispose();
        _tiny.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TwoThreads_GiveTheSamplesOfOne(bool copyState)
    {
        var options = new GenerationOptions { CopyState = copyState, MaxTokens = 12 };
        var (one, two) = (Copy(), Copy());

        var expected = Speak(one, "abc def. ghi", options, isOverlapped: false);
        var found = Speak(two, "abc def. ghi", options, isOverlapped: true);

        Assert.NotEmpty(expected);
        Assert.Equal(expected, found);
        Assert.Equal(one.Share().Position, two.Share().Position);
    }

    [Fact]
    public void ReaderThatLeaves_StopsTheOtherThreadAndKeepsTheState()
    {
        using var voice = Copy();
        var before = voice.Share();
        var generation = new Generation(_engine, _engine.Request(voice, "abc", new GenerationOptions { CopyState = false }), isOverlapped: true);
        Assert.True(generation.TryNext(new float[TinyGraphs.SamplesPerFrame]));

        generation.Dispose();

        Assert.Equal(0, _engine.ActiveGenerations);
        Assert.Same(before, voice.Share());
        Assert.NotEmpty(Speak(voice, "abc", new GenerationOptions(), isOverlapped: true)); // in the same workspace
    }

    [Fact]
    public void ErrorOfTheOtherThread_IsMetAsIfThereWereNone()
    {
        using var full = Copy();
        var options = new GenerationOptions { CopyState = false };

        var error = Assert.Throws<InvalidOperationException>(() =>
        {
            for (var i = 0; i < 20; i++)
                Speak(full, "abcdefgh", options, isOverlapped: true);
        });

        Assert.Contains("positions", error.Message);
        Assert.Equal(0, _engine.ActiveGenerations);
    }

    /// <summary>Of a workspace that said something longer before, nothing is left to be read.</summary>
    [Fact]
    public void Workspace_RemembersNothing()
    {
        using var fresh = SpeechEngine.Load(_engine.Options);
        using var voice = fresh.CreateVoice(Enumerable.Repeat(0.25f, TinyGraphs.SamplesPerFrame).ToArray(), 24000, truncate: false);
        using var same = _engine.CreateVoice(Enumerable.Repeat(0.25f, TinyGraphs.SamplesPerFrame).ToArray(), 24000, truncate: false);
        Speak(_voice, "abc def ghi", new GenerationOptions(), isOverlapped: false);

        Assert.Equal(Speak(fresh, voice, "a", new GenerationOptions(), isOverlapped: false), Speak(same, "a", new GenerationOptions(), isOverlapped: false));
    }

    private VoiceState Copy() => new(_engine, _voice.Share());

    private float[] Speak(VoiceState voice, string text, GenerationOptions options, bool isOverlapped) => Speak(_engine, voice, text, options, isOverlapped);

    private static float[] Speak(SpeechEngine engine, VoiceState voice, string text, GenerationOptions options, bool isOverlapped)
    {
        using var generation = new Generation(engine, engine.Request(voice, text, options), CancellationToken.None, isOverlapped);
        var audio = new List<float>();
        var frame = new float[TinyGraphs.SamplesPerFrame];
        while (generation.TryNext(frame))
            audio.AddRange(frame);
        return [.. audio];
    }
}
