using FsCheck;
using FsCheck.Fluent;
using PocketTts.Text;

namespace PocketTts.Tests;

public sealed class EnglishNormalizerTests
{
    [Theory]
    [InlineData("I have 3 cats.", "I have three cats.")]
    [InlineData("0 1 10 11 19 20 21 100", "zero one ten eleven nineteen twenty twenty-one one hundred")]
    [InlineData("1,234,567 people", "one million two hundred thirty-four thousand five hundred sixty-seven people")]
    [InlineData("It costs 3.14 dollars. Pi is 3.14.", "It costs three point one four dollars. Pi is three point one four.")]
    [InlineData("version 1.2.13", "version one point two point thirteen")]
    [InlineData("-5 degrees, 7-5", "minus five degrees, seven to five")]
    [InlineData("pages 10-20 and 5 \u2013 6", "pages ten to twenty and five to six")]
    [InlineData("1984, 2005, 2026, 1900, 1806", "nineteen eighty-four, two thousand five, twenty twenty-six, nineteen hundred, eighteen oh six")]
    [InlineData("1990-1995", "nineteen ninety to nineteen ninety-five")]
    [InlineData("3000 and 1,500", "three thousand and one thousand five hundred")]
    [InlineData("the 1st, 2nd, 3rd, 12th, 20th and 101st", "the first, second, third, twelfth, twentieth and one hundred first")]
    [InlineData("50% or 2.5 %", "fifty percent or two point five percent")]
    [InlineData("$1, $5.00, $3.50, £0.01, €7.1", "one dollar, five dollars, three dollars and fifty cents, one penny, seven point one euros")]
    [InlineData("$1.5 million", "one point five million dollars")]
    [InlineData("at 3:45 and 10:05 pm", "at three forty-five and ten oh five P M")]
    [InlineData("at 3:00.", "at three o'clock.")]
    [InlineData("We met at 3:00 p.m. Then we left.", "We met at three P M. Then we left.")]
    [InlineData("Mr. Smith and Dr. Jones vs. Mrs. Brown", "Mister Smith and Doctor Jones versus Missus Brown")]
    [InlineData("Dogs, cats, etc. They sleep.", "Dogs, cats, et cetera. They sleep.")]
    [InlineData("Dogs etc. and cats, e.g. mine.", "Dogs et cetera and cats, for example mine.")]
    [InlineData("I.e. now, etc.", "That is now, et cetera.")]
    [InlineData("No. 5 is #1", "number five is number one")]
    [InlineData("Agent 007", "Agent zero zero seven")]
    [InlineData("MP3 and 3D", "MP three and three D")]
    [InlineData("1234567890123456", "one two three four five six seven eight nine zero one two three four five six")]
    [InlineData("Nothing here, no. Ms is not Ms", "Nothing here, no. Ms is not Ms")]
    public void Text_IsWrittenOut(string text, string expected) =>
        Assert.Equal(expected, TextNormalizer.English.Normalize(text));

    [Fact]
    public void AnyNumber_ReadsBackAsItself() => Prop.ForAll(
        Gen.Choose(0, int.MaxValue).Zip(Gen.Choose(0, 99_999)).Select(p => (((long)p.Item1 * 100_000) + p.Item2) >> (p.Item2 % 45)).ToArbitrary(),
        number => Value(EnglishNumbers.Cardinal(number)) == number).QuickCheckThrowOnFailure();

    [Fact]
    public void AnyText_LosesItsDigits_AndKeepsWhatIsUnknown() => Prop.ForAll(
        Gen.Elements("a 1 23 4,567 8.9 $ % - : . , # £ th pm Mr. No. ( é".Split(' ')).ListOf().Select(p => string.Concat(p)).ToArbitrary(),
        text =>
        {
            var normalized = TextNormalizer.English.Normalize(text);
            return !normalized.Any(char.IsAsciiDigit) && Kept(normalized).SequenceEqual(Kept(text));
        }).QuickCheckThrowOnFailure();

    private static IEnumerable<char> Kept(string text) => text.Where(c => "(é".Contains(c));

    [Theory]
    [InlineData("1")]
    [InlineData("1,")]
    [InlineData("1,234")]
    [InlineData("1-")]
    [InlineData("$1.")]
    [InlineData("1:23")]
    public void MegabytesOfDigits_AreWrittenOut(string part) =>
        Assert.DoesNotContain(TextNormalizer.English.Normalize(string.Concat(Enumerable.Repeat(part, 200_000))), char.IsAsciiDigit);

    [Fact]
    public void EnglishModels_NormalizeByDefault_OthersDoNot()
    {
        var asked = new List<string>();
        Assert.Equal("two cats.", Heard("english_2026-04", "2 cats", null));
        Assert.Equal("2 cats.", Heard("english_2026-04", "2 cats", TextNormalizer.None));
        Assert.Equal("2 cats.", Heard("german", "2 cats", null));
        Assert.Equal("two cats.", Heard("german", "2 cats", TextNormalizer.English));
        Assert.Equal("other.", Heard("german", "2 cats", new Recorder(asked, "other")));
        Assert.Equal(["2 cats"], asked);
        Assert.Contains("Recorder", Assert.Throws<InvalidOperationException>(() => Heard("german", "x", new Recorder(asked, null!))).Message);
    }

    private static string Heard(string language, string text, ITextNormalizer? normalizer)
    {
        using var folder = new BundleFolder(f => BundleFolder.ChangeManifest(f, m => m with { Language = language }));
        using var model = TtsModel.LoadModel(folder.Options with { TextNormalizer = normalizer });
        using var voice = model.GetStateForAudioPrompt("alba");
        return ToneReader.Read(model.GenerateAudio(voice, text));
    }

    private static long Value(string words)
    {
        string[] small = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen",
            "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"];
        string[] tens = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
        var (total, group) = (0L, 0L);
        foreach (var word in words.Split(' ', '-'))
        {
            if (Array.IndexOf(small, word) is >= 0 and var unit)
                group += unit;
            else if (Array.IndexOf(tens, word) is >= 0 and var ten)
                group += 10 * (ten + 2);
            else if (word == "hundred")
                group *= 100;
            else
                (total, group) = (total + (group * Scale(word)), 0);
        }

        return total + group;

        static long Scale(string word) => word switch
        {
            "thousand" => 1000,
            "million" => 1_000_000,
            "billion" => 1_000_000_000,
            "trillion" => 1_000_000_000_000,
            _ => throw new FormatException(word),
        };
    }

    private sealed class Recorder(List<string> asked, string answer) : ITextNormalizer
    {
        public string Normalize(string text)
        {
            asked.Add(text);
            return answer;
        }
    }
}
