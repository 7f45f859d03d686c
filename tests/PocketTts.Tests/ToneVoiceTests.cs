using FsCheck;
using FsCheck.Fluent;
using PocketTts.Text;
using PocketTts.Tone;

namespace PocketTts.Tests;

public sealed class ToneVoiceTests
{
    private const string Sentence = "The quick brown fox, 42 times";
    private const string Heard = "the quick brown fox. 42 times.";
    private static readonly TextPreparation Preparation = new(RemoveSemicolons: false, PadShortInputs: false);

    public static TheoryData<string> Voices => [.. ToneTable.Voices];

    [Theory]
    [InlineData("hello", "hello.")]
    [InlineData("Hello World", "hello world.")]
    [InlineData("The quick brown fox jumps over the lazy dog.", "the quick brown fox jumps over the lazy dog.")]
    [InlineData("aa bb  cc", "aa bb cc.")]
    [InlineData("1 2 3", "1 2 3.")]
    [InlineData("a", "a.")]
    [InlineData("Wait... what?! No way.", "wait... what.. no way.")]
    [InlineData("naïve café 100%", "na.ve caf. 100..")]
    [InlineData("\U0001F600!", "..")]
    public void Text_IsHeardAsItsPitches(string text, string heard)
    {
        Assert.Equal(heard, ToneReader.Spell(Preparation.Prepare(text).Text));
        Assert.Equal(heard, Speak(text));
    }

    [Fact]
    public void AnyWords_AreHeardWithTheirFullStop()
    {
        using var model = TtsModel.LoadModel("tone");
        using var state = model.GetStateForAudioPrompt("alba");
        var word = Gen.Elements("abcxyz0189".ToCharArray()).NonEmptyListOf().Select(c => string.Concat(c.Take(8)));
        var texts = word.NonEmptyListOf().Select(w => string.Join(' ', w.Take(12))).ToArbitrary();

        Prop.ForAll(texts, text => Letters(ToneReader.Read(model.GenerateAudio(state, text))) == Letters(text))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(25));

        static string Letters(string text) => text.Replace(".", "", StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Voices))]
    public void GuideVoice_SpeaksAtItsOwnPitch(string voice)
    {
        using var model = TtsModel.LoadModel("tone");
        using var state = model.GetStateForAudioPrompt(voice);

        Assert.Equal(Heard, ToneReader.Read(model.GenerateAudio(state, Sentence), voice));
    }

    [Theory]
    [InlineData(0.0, 1, null)]
    [InlineData(0.7, 4, null)]
    [InlineData(0.7, 7, 0.5)]
    [InlineData(5.0, 3, null)]
    [InlineData(0.3, 32, 0.01)]
    public void AnySettings_LandOnTheSameSamples(double temp, int steps, double? clamp)
    {
        using var reference = TtsModel.LoadModel("tone", temp: 0);
        using var model = TtsModel.LoadModel("tone", temp, steps, clamp);

        Assert.Equal(Generate(reference, Sentence), Generate(model, Sentence));
    }

    [Fact]
    public void Seed_ChangesNothing()
    {
        using var model = TtsModel.LoadModel("tone");
        using var state = model.GetStateForAudioPrompt("alba");

        var unseeded = model.GenerateAudio(state, Sentence);

        Assert.Equal(unseeded, model.GenerateAudio(state, Sentence, new GenerationOptions { Seed = 1 }));
        Assert.Equal(unseeded, model.GenerateAudio(state, Sentence, new GenerationOptions { Seed = ulong.MaxValue }));
    }

    [Fact]
    public void LongText_IsSpokenInChunks()
    {
        const string text = "One, two, three, four, five. Six, seven, eight, nine, ten. Eleven, twelve, thirteen, fourteen, fifteen, sixteen, seventeen, eighteen.";

        var audio = Speak(text, out var samples);

        Assert.Equal("one. two. three. four. five.", audio[.."one. two. three. four. five.".Length]);
        Assert.Equal(ToneReader.Spell(text), audio);
        Assert.InRange(ToneReader.ReadChunks(samples).Count, 3, 10);
    }

    [Fact]
    public void LongTextWithoutMarks_LosesNothing()
    {
        var text = string.Join(' ', Enumerable.Repeat("abcdefg hij", 60));

        var heard = Speak(text);

        Assert.Equal(text, heard.Replace(".", "", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0.25)]
    [InlineData(0.5)]
    public void AudioPrompt_ShiftsThePitchByItsLevel(double level)
    {
        using var model = TtsModel.LoadModel("tone");
        using var state = model.GetStateForAudioPrompt(Square(level, 12 * 1920), model.SampleRate);

        var chunks = ToneReader.ReadChunks(model.GenerateAudio(state, Sentence), offsetHz: 400 * level);

        Assert.Equal([Heard], chunks);
    }

    [Fact]
    public void Truncate_UsesThirtySeconds()
    {
        using var model = TtsModel.LoadModel("tone");
        var audio = Square(0.5, 40 * 24000);
        audio.AsSpan(30 * 24000).Clear();

        using var whole = model.GetStateForAudioPrompt(audio, 24000);
        using var truncated = model.GetStateForAudioPrompt(audio, 24000, truncate: true);

        Assert.Equal(500, whole.Share().Position);
        Assert.Equal(375, truncated.Share().Position);
        Assert.Equal(["hi."], ToneReader.ReadChunks(model.GenerateAudio(whole, "hi"), 150));
        Assert.Equal(["hi."], ToneReader.ReadChunks(model.GenerateAudio(truncated, "hi"), 200));
    }

    [Fact]
    public void Frames_ContinueTheSineWithoutAJump()
    {
        using var model = TtsModel.LoadModel("tone");
        using var state = model.GetStateForAudioPrompt("marius");

        var audio = model.GenerateAudio(state, "aaaa");

        // 450 Hz at amplitude 0.25 moves by at most 2π·450/24000·0.25 between samples.
        var steps = audio.Skip(1920).Take(6 * 1920).Zip(audio.Skip(1921), (a, b) => Math.Abs(b - a));
        Assert.InRange(steps.Max(), 0.02, 2 * Math.PI * 450 / 24000 * 0.25 * 1.001);
    }

    [Fact]
    public void Files_AreTheSameEachTime()
    {
        var (first, second) = (ToneFiles.Create(), ToneFiles.Create());

        Assert.Equal(first.Keys, second.Keys);
        Assert.All(first, f => Assert.Equal(f.Value, second[f.Key]));
    }

    [Fact]
    public void ToneVoiceInAFolder_SpeaksTheSameSamples()
    {
        using var folder = new BundleFolder();
        using var builtIn = TtsModel.LoadModel("tone");
        using var fromFiles = folder.Load();

        Assert.Equal(Generate(builtIn, Sentence), Generate(fromFiles, Sentence));
    }

    internal static float[] Square(double level, int length) => [.. Enumerable.Range(0, length).Select(i => (float)(i / 20 % 2 == 0 ? level : -level))];

    private static string Speak(string text) => Speak(text, out _);

    private static string Speak(string text, out float[] samples)
    {
        using var model = TtsModel.LoadModel("tone");
        samples = Generate(model, text);
        return ToneReader.Read(samples);
    }

    private static float[] Generate(TtsModel model, string text)
    {
        using var state = model.GetStateForAudioPrompt("alba");
        return model.GenerateAudio(state, text);
    }
}
