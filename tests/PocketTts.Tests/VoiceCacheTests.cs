using PocketTts.Tone;
using PocketTts.Voices;

namespace PocketTts.Tests;

public sealed class VoiceCacheTests
{
    [Fact]
    public void SameContent_IsMadeOnce()
    {
        using var engine = SpeechEngine.Load(new TtsModelOptions { Variant = "tone" });
        var audio = ToneVoiceTests.Square(0.5, 3 * 1920);
        using var first = engine.CreateVoice(audio, 24000, truncate: false);
        using var second = engine.CreateVoice(audio, 24000, truncate: true); // nothing to cut off
        using var slower = engine.CreateVoice(audio, 12000, truncate: false);
        using var named = engine.CreateVoice("alba", truncate: false);
        using var again = engine.CreateVoice("alba", truncate: false);

        Assert.Same(first.Share(), second.Share());
        Assert.NotSame(first.Share(), slower.Share());
        Assert.Same(named.Share(), again.Share());
        Assert.Equal(3, engine.Voices.Cache.Count);
        audio[0] = 0.1f;
        Assert.NotSame(first.Share(), engine.CreateVoice(audio, 24000, truncate: false).Share());
    }

    [Fact]
    public void Continuation_DoesNotChangeWhatIsKept()
    {
        using var engine = SpeechEngine.Load(new TtsModelOptions { Variant = "tone" });
        using var first = engine.CreateVoice("alba", truncate: false);

        engine.Generate(first, "hello", new GenerationOptions { CopyState = false });
        using var second = engine.CreateVoice("alba", truncate: false);

        Assert.Equal(1, second.Share().Position);
        Assert.True(first.Share().Position > 1);
    }

    [Fact]
    public void Cache_IsBoundedAndForgetsTheLeastRecentlyUsed()
    {
        var cache = new VoiceCache();
        for (var i = 0; i < VoiceCache.MostVoices; i++)
            cache.Add($"{i}", new FlowSnapshot(1, [[(byte)i]]));
        Assert.NotNull(cache.Find("0"));

        cache.Add("new", new FlowSnapshot(1, [[0]]));

        Assert.Equal(VoiceCache.MostVoices, cache.Count);
        Assert.NotNull(cache.Find("0"));
        Assert.Null(cache.Find("1"));
        cache.Add("huge", new FlowSnapshot(1, [new byte[VoiceCache.MostBytes / 2], new byte[(VoiceCache.MostBytes / 2) + 1]]));
        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public void DisposedModel_KeepsNoVoice()
    {
        var engine = SpeechEngine.Load(new TtsModelOptions { Variant = "tone" });
        engine.CreateVoice("alba", truncate: false);

        engine.Dispose();

        Assert.Equal(0, engine.Voices.Cache.Count);
    }

    [Fact]
    public void AudioShorterThanAFrame_IsRefusedWithItsLength()
    {
        using var model = TtsModel.LoadModel("tone");

        var error = Assert.Throws<ArgumentException>(() => model.GetStateForAudioPrompt(ToneVoiceTests.Square(0.5, 480), 24000));

        Assert.Contains("20 ms", error.Message);
        Assert.Contains("80 ms", error.Message);
    }
}
