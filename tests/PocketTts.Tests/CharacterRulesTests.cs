using PocketTts.Text;

namespace PocketTts.Tests;

public sealed class CharacterRulesTests
{
    [Theory]
    [InlineData("french_24l", "Il dit \u00AB bonjour \u00BB : oui", "Il dit bonjour , oui")]
    [InlineData("french", "C\u2019est [vrai]. : Non", "C'est vrai. Non")]
    [InlineData("spanish", "\u00BFQu\u00E9? \u00A1No!", "Qu\u00E9? No!")]
    [InlineData("german_24l", "\u201EJa\u201C,  sagte er (leise).", "Ja, sagte er leise.")]
    public void MarksOfTheLanguage_AreLeftOut(string language, string text, string expected) =>
        Assert.Equal(expected, CharacterRules.For(language)!.Apply(text));

    [Theory]
    [InlineData("english")]
    [InlineData("english_2026-04")]
    [InlineData("tone")]
    public void English_KeepsItsMarks(string language) => Assert.Null(CharacterRules.For(language));

    [Fact]
    public void TextOfMarksAlone_IsRefused()
    {
        var preparation = new TextPreparation(RemoveSemicolons: true, PadShortInputs: false) { Characters = CharacterRules.For("german") };

        Assert.Contains("empty", Assert.Throws<ArgumentException>(() => preparation.Prepare("\u201E()\u201C")).Message);
        Assert.Equal("Ja, nein.", preparation.Prepare("\u201Eja; nein\u201C").Text);
    }
}
