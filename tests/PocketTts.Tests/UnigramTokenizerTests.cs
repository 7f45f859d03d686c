using FsCheck;
using FsCheck.Fluent;
using PocketTts.Text;
using PocketTts.Tone;

namespace PocketTts.Tests;

public sealed class UnigramTokenizerTests
{
    private const int Space = 260, A = 261, B = 262, AB = 263, SpaceA = 264;
    private static readonly UnigramTokenizer Tokenizer = Vocabulary.Tokenizer([("\u2581", -1), ("a", -2), ("b", -2), ("ab", -3), ("\u2581a", -2.5f)]);

    [Theory]
    [InlineData("ab", new[] { Space, AB })] // -4.0 beats "▁a" + "b" at -4.5
    [InlineData("a", new[] { SpaceA })]
    [InlineData("", new int[0])]
    [InlineData(" ", new[] { Space, Space })]
    [InlineData("  b", new[] { Space, Space, Space, B })]
    [InlineData("é", new[] { Space, 4 + 0xC3, 4 + 0xA9 })]
    [InlineData("b\tb", new[] { Space, B, 4 + 0x09, B })]
    [InlineData("\U0001F600", new[] { Space, 4 + 0xF0, 4 + 0x9F, 4 + 0x98, 4 + 0x80 })]
    [InlineData("ba", new[] { Space, B, A })]
    public void Text_TakesTheBestPath(string text, int[] ids) => Assert.Equal(ids, Tokenizer.Encode(text).Select(t => (int)t.Id));

    [Fact]
    public void ToneVocabulary_HasOneTokenPerCodePoint_AndCoversTheTextWithoutGaps()
    {
        var tokenizer = new UnigramTokenizer(SentencePieceModel.Parse(ToneTokenizer.CreateModel(), "tone"));

        Prop.ForAll<NonNull<string>>(text =>
        {
            var tokens = tokenizer.Encode(text.Get);
            var isCovered = tokens.Count == 0 ? text.Get.Length == 0 : tokens[0].Start == 0 && tokens[^1].End == text.Get.Length;
            return isCovered && tokens.Zip(tokens.Skip(1)).All(p => p.First.End == p.Second.Start) && tokens.Count == text.Get.EnumerateRunes().Count();
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void NormalizingModel_IsRefused() =>
        Assert.Throws<InvalidDataException>(() => SentencePieceModel.Parse(Vocabulary.Write([("a", -1)], characterMap: "x"), "test"));

    [Fact]
    public void SpaceRemovingModel_IsRefused() =>
        Assert.Throws<InvalidDataException>(() => SentencePieceModel.Parse(Vocabulary.Write([("a", -1)], removeExtraWhitespace: true), "test"));

    [Fact]
    public void CutOffFile_IsRefused()
    {
        var file = Vocabulary.Write([("a", -1)]);

        var error = Assert.Throws<InvalidDataException>(() => SentencePieceModel.Parse(file[..^5], "some.model"));

        Assert.Contains("some.model", error.Message);
    }
}
