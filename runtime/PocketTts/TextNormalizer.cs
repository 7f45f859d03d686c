using PocketTts.Text;

namespace PocketTts;

/// <summary>The normalizers that come with the runtime. Immutable and thread-safe.</summary>
#if LEGACY_SDK
internal
#else
public
#endif
static class TextNormalizer
{
    /// <summary>
    /// Writes out English numbers (whole, decimal, ordinal, years, clock times, amounts of money, percentages, ranges) and abbreviations such as
    /// "Dr." and "e.g.". Numbers of more than 15 digits, and those that start with a zero, are read digit by digit.
    /// </summary>
    public static ITextNormalizer English { get; } = new EnglishNormalizer();

    /// <summary>Leaves every text as it is.</summary>
    public static ITextNormalizer None { get; } = new Unchanged();

    private sealed class Unchanged : ITextNormalizer
    {
        public string Normalize(string text) => text;
    }
}
