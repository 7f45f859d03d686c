using PocketTts.Text;

namespace PocketTts.Tests.Items;

/// <summary>The items of the specification about tokens and chunks, each named after its number.</summary>
public sealed class TextItems
{
    private const int Space = 260, B = 262, AB = 263;
    private static readonly UnigramTokenizer Tokenizer = Vocabulary.Tokenizer([("\u2581", -1), ("a", -2), ("b", -2), ("ab", -3), ("\u2581a", -2.5f)]);

    [Theory]
    [InlineData("ab", new[] { Space, AB })]
    [InlineData("é", new[] { Space, 4 + 0xC3, 4 + 0xA9 })]
    [InlineData("  b", new[] { Space, Space, Space, B })]
    [InlineData("", new int[0])]
    public void T53_BestPath_Wins(string text, int[] ids) => Assert.Equal(ids, Tokenizer.Encode(text).Select(t => (int)t.Id));

    [Fact]
    public void T54_Bytes_FollowTheFourControlPieces() =>
        Assert.All(Tokenizer.Encode("\u0001\u007F").Skip(1).Zip(new[] { 1, 127 }), p => Assert.Equal(4 + p.Second, p.First.Id));

    [Fact]
    public void T55_OnlyTheSpaceThatWasAdded_IsNoPartOfTheText()
    {
        const string text = "  b";
        var tokens = Tokenizer.Encode(text);

        Assert.Equal(text, string.Concat(tokens.Select(t => text[t.Start..t.End])));
        Assert.Equal(text.Length + 1, tokens.Count);
    }

    [Theory]
    [InlineData("Hello world. I am Kyutai. I run fast. I hope you like me.", 50, "Hello world. I am Kyutai. I run fast. I hope you like me.")]
    [InlineData("First sentence here. Second sentence here. Third sentence here. Fourth sentence here.", 5,
        "First sentence here.|Second sentence here.|Third sentence here.|Fourth sentence here.")]
    [InlineData("it was the best of times, it was the worst of times, it was the age of wisdom, it was the age of foolishness", 14,
        "It was the best of times, it was the worst of times,|it was the age of wisdom, it was the age of foolishness.")]
    [InlineData("a b; c d; e f; g h; i j; k l", 6, "A b; c d;|e f; g h;|i j; k l.")]
    [InlineData("one two three four five six seven eight nine ten eleven twelve", 5, "One two three four five six seven eight nine ten eleven twelve.")]
    [InlineData("Wait... what?! No way.", 3, "Wait...|what?!|No way.")]
    [InlineData("It costs 3.14 dollars. Pi is 3.14.", 6, "It costs 3.14 dollars.|Pi is 3.14.")]
    [InlineData("He said \"Hi.\" Then left.", 6, "He said \"Hi.\" Then left.")]
    public void T56_Text_IsCutWhereTheReferenceCuts(string text, int maxTokens, string chunks)
    {
        var splitter = new TextSplitter(Vocabulary.OfWords(text), new TextPreparation(RemoveSemicolons: false, PadShortInputs: false));

        Assert.Equal(chunks.Split('|'), splitter.Split(text, maxTokens, int.MaxValue));
    }
}
