using PocketTts.Text;

namespace PocketTts.Tests.Items;

/// <summary>The items of the specification about the text before it is cut, each named after its number.</summary>
public sealed class PreparationItems
{
    [Fact]
    public void T01_LowerCaseWord_GetsACapitalAndAFullStop() => Prepares("hello", "Hello.", 5);

    [Fact]
    public void T02_TwoSpaces_BecomeOne() => Prepares("hello  world", "Hello world.", 5);

    [Fact]
    public void T03_ThreeOrFourSpaces_BecomeTwo()
    {
        Prepares("a   b", "A  b.", 5);
        Prepares("a    b", "A  b.", 5);
    }

    [Fact]
    public void T04_LineEnd_BecomesASpace() => Prepares("a\nb", "A b.", 5);

    [Fact]
    public void T05_ExclamationMark_Stays() => Prepares("hi!", "Hi!", 5);

    [Fact]
    public void T06_ClosingBracket_IsFollowedByAFullStop() => Prepares("hi)", "Hi).", 5);

    [Fact]
    public void T07_ColonAtTheEnd_BecomesAFullStop() => Prepares("ok:", "Ok.", 5);

    [Fact]
    public void T08_FiveWords_AreNoShortText() => Prepares("one two three four five", "One two three four five.", 3);

    [Fact]
    public void T09_Semicolon_BecomesAComma_IfTheModelWantsIt() =>
        Assert.Equal(new PreparedText("X,y.", 5), new TextPreparation(RemoveSemicolons: true, PadShortInputs: false).Prepare("x;y"));

    [Fact]
    public void T10_ShortText_GetsEightSpaces_IfTheModelWantsIt() =>
        Assert.Equal(new PreparedText("        Hi.", 5), new TextPreparation(RemoveSemicolons: false, PadShortInputs: true).Prepare("hi"));

    [Fact]
    public void T11_LetterWithACedilla_IsCapitalized() => Prepares("ça va", "Ça va.", 5);

    [Fact]
    public void T12_Digits_GetAFullStop() => Prepares("123", "123.", 5);

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    public void T13_NoText_IsRefused(string text) => Assert.Contains("empty", Assert.Throws<ArgumentException>(() => Plain.Prepare(text)).Message);

    [Fact]
    public void T14_CommaAtTheEnd_BecomesAFullStop() => Ends("Hello,", "Hello.");

    [Fact]
    public void T15_HyphenAtTheEnd_BecomesAFullStop() => Ends("Hello -", "Hello.");

    [Fact]
    public void T16_QuotationWithoutAMark_IsFollowedByAFullStop() => Ends("He said \"hi\"", "He said \"hi\".");

    [Fact]
    public void T17_QuotationThatEndsItself_Stays() => Ends("He said \"hi.\"", "He said \"hi.\"");

    [Fact]
    public void T18_Brackets_AreFollowedByAFullStop() => Ends("(see below)", "(see below).");

    [Fact]
    public void T19_ColonInsideBrackets_BecomesAFullStop() => Ends("(see below:)", "(see below.)");

    [Fact]
    public void T20_QuestionInAQuotation_Stays() => Ends("Really?\"", "Really?\"");

    [Fact]
    public void T21_PercentSign_IsFollowedByAFullStop() => Ends("100%", "100%.");

    [Fact]
    public void T22_EmptyQuotation_Stays() => Ends("\"\"", "\"\"");

    [Fact]
    public void T23_RowOfWeakMarks_BecomesOneFullStop() => Ends("A;:, ", "A.");

    [Fact]
    public void T24_Ellipsis_Stays() => Ends("Wait\u2026", "Wait\u2026");

    [Fact]
    public void T25_FramesAfterTheEnd_FollowWordsThenModelThenCaller()
    {
        Assert.Equal((5, 3), (Plain.Prepare("one two three four").FramesAfterEos, Plain.Prepare("one two three four five").FramesAfterEos));
        using var plain = new BundleFolder();
        using var recommending = new BundleFolder(f => BundleFolder.ChangeManifest(f, m => m with { ModelRecommendedFramesAfterEos = 8 }));

        Assert.Equal((4 + 5) * 1920, Samples(plain, explicitFrames: null));
        Assert.Equal(4 * 1920, Samples(plain, explicitFrames: 0));
        Assert.Equal((4 + 8) * 1920, Samples(recommending, explicitFrames: null));
        Assert.Equal(4 * 1920, Samples(recommending, explicitFrames: 0));

        static int Samples(BundleFolder folder, int? explicitFrames)
        {
            using var model = TtsModel.LoadModel(folder.Options with { MinFramesBeforeEos = 0 });
            using var voice = model.GetStateForAudioPrompt("alba");
            return model.GenerateAudio(voice, "a", new GenerationOptions { FramesAfterEos = explicitFrames }).Length; // two tokens of two frames
        }
    }

    private static TextPreparation Plain { get; } = new(RemoveSemicolons: false, PadShortInputs: false);

    private static void Prepares(string text, string prepared, int framesAfterEos) =>
        Assert.Equal(new PreparedText(prepared, framesAfterEos), Plain.Prepare(text));

    private static void Ends(string text, string prepared) => Assert.Equal(prepared, Plain.Prepare(text).Text);
}
