using FsCheck;
using FsCheck.Fluent;
using PocketTts.Text;
using PocketTts.Tone;

namespace PocketTts.Tests;

public sealed class TextSplitterTests
{
    private const string Times = "it was the best of times, it was the worst of times, it was the age of wisdom, it was the age of foolishness";

    [Theory]
    [InlineData("Hello world. I am Kyutai. I run fast. I hope you like me.", 50, "Hello world. I am Kyutai. I run fast. I hope you like me.")]
    [InlineData("First sentence here. Second sentence here. Third sentence here. Fourth sentence here.", 5,
        "First sentence here.|Second sentence here.|Third sentence here.|Fourth sentence here.")]
    [InlineData(Times, 14, "It was the best of times, it was the worst of times,|it was the age of wisdom, it was the age of foolishness.")]
    [InlineData("a b; c d; e f; g h; i j; k l", 6, "A b; c d;|e f; g h;|i j; k l.")]
    [InlineData("one two three four five six seven eight nine ten eleven twelve", 5, "One two three four five six seven eight nine ten eleven twelve.")]
    [InlineData("Wait... what?! No way.", 3, "Wait...|what?!|No way.")]
    [InlineData("Pi is 3.14. It costs 3.14 dollars.", 6, "Pi is 3.14.|It costs 3.14 dollars.")]
    [InlineData("He said \"Hi.\" Then left.", 6, "He said \"Hi.\" Then left.")]
    [InlineData("a b c \u2014 d e f (g h i) j k l - m n", 4, "A b c \u2014|d e f|(g h i)|j k l -|m n.")]
    public void LongText_IsCutAtSentenceEndsThenAtCommasThenAtAsides(string text, int maxTokens, string chunks) =>
        Assert.Equal(chunks.Split('|'), Splitter(text).Split(text, maxTokens, int.MaxValue));

    [Fact]
    public void TextWithoutMarks_IsCutAtASpace_WhereTheModelCannotHoldIt()
    {
        const string text = "one two three four five six seven eight";

        var chunks = Splitter(text).Split(text, maxTokens: 2, mostTokens: 4);

        Assert.All(chunks, c => Assert.InRange(c.Split(' ').Length, 1, 4));
        Assert.Equal("One two three four five six seven eight.", string.Join(' ', chunks));
    }

    [Fact]
    public void OneWordBeyondTheLimit_StaysWhole() => Assert.Equal(["Word."], Splitter("word").Split("word", 1, 1));

    [Fact]
    public void AnyText_KeepsItsLettersInOrder()
    {
        var splitter = new TextSplitter(
            new UnigramTokenizer(SentencePieceModel.Parse(ToneTokenizer.CreateModel(), "tone")), new TextPreparation(RemoveSemicolons: false, PadShortInputs: false));
        var characters = Gen.Elements("ab1 .,;!?\"\n\u00e9-".ToCharArray());
        var texts = characters.ListOf().Select(c => "x" + string.Concat(c)).ToArbitrary();

        Prop.ForAll(texts, Gen.Choose(1, 12).ToArbitrary(), (text, maxTokens) =>
        {
            var chunks = splitter.Split(text, maxTokens, 2 * maxTokens);
            return Letters(string.Concat(chunks)) == Letters(text) && chunks.All(c => c == c.Trim() && c.Length > 0);
        }).QuickCheckThrowOnFailure();

        static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();
    }

    private static TextSplitter Splitter(string text) => new(Vocabulary.OfWords(text), new TextPreparation(RemoveSemicolons: false, PadShortInputs: false));
}
