namespace PocketTts.Tests;

/// <summary>With a model that hears its noise, unlike the tone voice: the same seed gives the same samples, whichever way they are asked for.</summary>
public sealed class SeedTests : IDisposable
{
    private const string Text = "hello there. the second is here. a third, too";
    private static readonly GenerationOptions Chunked = new() { Seed = 5, MaxTokens = 15 };
    private readonly TinyModel _tiny = new(TinyLayout.K2);
    private readonly TtsModel _model;
    private readonly VoiceState _voice;

    public SeedTests()
    {
        _model = TtsModel.LoadModel(_tiny.Options with { Temp = 0.7, Seed = 9 });
        _voice = _model.GetStateForAudioPrompt([1, 2, 3, 4, 5, 6, 7, 8], 24000);
    }

    public void Dispose()
    {
        _voice.Dispose();
        _model.Dispose();
        _tiny.Dispose();
    }

    [Fact]
    public async Task SameSeed_GivesTheSameSamplesInEveryForm()
    {
        var expected = _model.GenerateAudio(_voice, Text, Chunked);
        var streamed = new List<float>();

        await _model.GenerateAudioStreamAsync(_voice, Text, c => streamed.AddRange(c.Span), Chunked);
        var runs = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _model.GenerateAudioAsync(_voice, Text, Chunked)));

        Assert.Equal(expected, _model.GenerateAudioStream(_voice, Text, Chunked).SelectMany(f => f));
        Assert.Equal(expected, streamed);
        Assert.All(runs, r => Assert.Equal(expected, r));
    }

    [Fact]
    public void SeedOfTheGeneration_WinsOverThatOfTheModel()
    {
        var modelSeed = _model.GenerateAudio(_voice, Text);

        Assert.Equal(modelSeed, _model.GenerateAudio(_voice, Text, new GenerationOptions { Seed = 9 }));
        Assert.NotEqual(modelSeed, _model.GenerateAudio(_voice, Text, new GenerationOptions { Seed = 10 }));
    }

    [Fact]
    public void NoSeed_DiffersFromTimeToTime()
    {
        using var model = TtsModel.LoadModel(_tiny.Options with { Temp = 0.7 });
        using var voice = model.GetStateForAudioPrompt([1, 2, 3, 4, 5, 6, 7, 8], 24000);

        Assert.NotEqual(model.GenerateAudio(voice, Text), model.GenerateAudio(voice, Text));
    }

    [Fact]
    public void Chunks_HaveNoiseOfTheirOwn()
    {
        var chunks = new[] { "hello.", "hello." };

        var audio = _model.GenerateAudio(_voice, string.Join(' ', chunks), new GenerationOptions { Seed = 5, MaxTokens = 7 });

        Assert.NotEqual(audio[..(audio.Length / 2)], audio[(audio.Length / 2)..]);
        Assert.Equal(_model.GenerateAudio(_voice, chunks[0], new GenerationOptions { Seed = 5 }), audio[..(audio.Length / 2)]);
    }

    [Fact]
    public void NarrowClamp_GivesAlmostWhatNoNoiseGives()
    {
        using var silent = _tiny.Load();
        using var clamped = TtsModel.LoadModel(_tiny.Options with { Temp = 0.7, NoiseClamp = 1e-6 });
        using var silentVoice = silent.GetStateForAudioPrompt([1, 2, 3, 4, 5, 6, 7, 8], 24000);
        using var clampedVoice = clamped.GetStateForAudioPrompt([1, 2, 3, 4, 5, 6, 7, 8], 24000);

        var audio = clamped.GenerateAudio(clampedVoice, Text);

        Assert.All(silent.GenerateAudio(silentVoice, Text).Zip(audio), p => Assert.Equal(p.First, p.Second, 1e-4f));
    }
}
