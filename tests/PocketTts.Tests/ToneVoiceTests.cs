using PocketTts.Text;

namespace PocketTts.Tests;

public sealed class ToneVoiceTests
{
    private static readonly TextPreparation Preparation = new(RemoveSemicolons: false, PadShortInputs: false);

    public static TheoryData<string> Texts => new()
    {
        "hello", "Hello world", "The quick brown fox jumps over the lazy dog.", "aa bb  cc", "1 2 3", "a", "Wait... what?! No way.", "naïve café – 100%", "zzz 999 aaa",
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void Text_IsHeardAsItsPitches(string text)
    {
        using var model = TtsModel.LoadModel("tone");
        using var voice = model.GetStateForAudioPrompt("alba");

        var audio = model.GenerateAudio(voice, text);

        Assert.Equal(ToneReader.Spell(Preparation.Prepare(text).Text), ToneReader.Read(audio));
    }
}
