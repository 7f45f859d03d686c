using PocketTts.Text;

namespace PocketTts.Tests;

public sealed class TextPreparationTests
{
    private static readonly TextPreparation Plain = new(RemoveSemicolons: false, PadShortInputs: false);

    [Theory]
    [InlineData("hello", "Hello.", 5)]
    [InlineData("hello  world", "Hello world.", 5)]
    [InlineData("a   b", "A  b.", 5)]
    [InlineData("a    b", "A  b.", 5)]
    [InlineData("a\nb", "A b.", 5)]
    [InlineData("a\r\nb", "A b.", 5)]
    [InlineData("  hi!\t", "Hi!", 5)]
    [InlineData("hi)", "Hi).", 5)]
    [InlineData("ok:", "Ok.", 5)]
    [InlineData("one two three four", "One two three four.", 5)]
    [InlineData("one two three four five", "One two three four five.", 3)]
    [InlineData("ça va", "Ça va.", 5)]
    [InlineData("ßa", "SSa.", 5)]
    [InlineData("123", "123.", 5)]
    [InlineData("x;y", "X;y.", 5)]
    public void Text_IsCapitalizedAndEnded(string text, string prepared, int framesAfterEos) =>
        Assert.Equal(new PreparedText(prepared, framesAfterEos), Plain.Prepare(text));

    [Theory]
    [InlineData("Hello,", "Hello.")]
    [InlineData("Hello -", "Hello.")]
    [InlineData("He said \"hi\"", "He said \"hi\".")]
    [InlineData("He said \"hi.\"", "He said \"hi.\"")]
    [InlineData("(see below)", "(see below).")]
    [InlineData("(see below:)", "(see below.)")]
    [InlineData("Really?\"", "Really?\"")]
    [InlineData("100%", "100%.")]
    [InlineData("\"\"", "\"\"")]
    [InlineData("A;:, ", "A.")]
    [InlineData("Wait\u2026", "Wait\u2026")]
    public void EndOfText_GetsOneFullStop(string text, string prepared) => Assert.Equal(prepared, Plain.Prepare(text).Text);

    [Fact]
    public void Semicolons_BecomeCommas_IfTheModelWantsIt() =>
        Assert.Equal("X,y.", new TextPreparation(RemoveSemicolons: true, PadShortInputs: false).Prepare("x;y").Text);

    [Theory]
    [InlineData("hi", "        Hi.")]
    [InlineData("one two three four", "        One two three four.")]
    [InlineData("one two three four five", "One two three four five.")]
    public void ShortText_IsPadded_IfTheModelWantsIt(string text, string prepared) =>
        Assert.Equal(prepared, new TextPreparation(RemoveSemicolons: false, PadShortInputs: true).Prepare(text).Text);

    [Theory]
    [InlineData("")]
    [InlineData(" \t\r\n\u00A0")]
    public void EmptyText_IsRefused(string text) =>
        Assert.Contains("empty", Assert.Throws<ArgumentException>(() => Plain.Prepare(text)).Message);
}
