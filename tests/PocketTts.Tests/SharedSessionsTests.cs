namespace PocketTts.Tests;

/// <summary>A model is loaded once, whoever speaks with it, and however many at a time.</summary>
public sealed class SharedSessionsTests
{
    [Fact]
    public async Task ManyGenerations_ReadNoFileAgain()
    {
        using var tiny = new TinyModel(TinyLayout.K2);
        var reports = 0;
        using var model = await TtsModel.LoadModelAsync(tiny.Options, new Count(() => reports++));
        var loaded = reports;
        foreach (var file in Directory.GetFiles(tiny.Folder))
            File.Delete(file); // whoever opened a session of its own would have to find it here

        using var voice = model.GetStateForAudioPrompt(Items.TinyRun.Samples(3 * TinyGraphs.SamplesPerFrame), 24000);
        var expected = model.GenerateAudio(voice, "abc def");
        var found = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => model.GenerateAudioAsync(voice, "abc def")));

        Assert.All(found, audio => Assert.Equal(expected, audio));
        Assert.Equal(loaded, reports);
    }

    private sealed class Count(Action onReport) : IProgress<LoadProgress>
    {
        public void Report(LoadProgress value) => onReport();
    }
}
