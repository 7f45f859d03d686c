using System.Globalization;
using System.Text.RegularExpressions;

namespace PocketTts.Text;

/// <summary>Writes out English numbers and abbreviations. What it does not know it leaves as it is.</summary>
internal sealed partial class EnglishNormalizer : ITextNormalizer
{
    private const int MostDigits = 15;
    private const int FirstYear = 1100, LastYear = 2099;

    private static readonly Dictionary<string, string> Abbreviations = new(StringComparer.OrdinalIgnoreCase)
    {
        ["mr"] = "Mister", ["mrs"] = "Missus", ["ms"] = "Miz", ["dr"] = "Doctor", ["prof"] = "Professor", ["jr"] = "Junior", ["sr"] = "Senior",
        ["vs"] = "versus", ["etc"] = "et cetera", ["approx"] = "approximately", ["dept"] = "department", ["e.g"] = "for example", ["i.e"] = "that is",
    };

    private static readonly Dictionary<string, (string One, string Many, string Cent, string Cents)> Currencies = new()
    {
        ["$"] = ("dollar", "dollars", "cent", "cents"),
        ["€"] = ("euro", "euros", "cent", "cents"),
        ["£"] = ("pound", "pounds", "penny", "pence"),
    };

    public string Normalize(string text)
    {
        text = Abbreviation().Replace(text, m => Ended(m, Cased(m.Value[0], Abbreviations[m.Groups["short"].Value])));
        text = NumberSign().Replace(text, "number ");
        text = Money().Replace(text, m => Amount(m));
        text = Time().Replace(text, m => ClockTime(m));
        text = Ordinal().Replace(text, m => TryParse(m.Groups["n"].ValueSpan, out var n) ? EnglishNumbers.Ordinal(n) : m.Value);
        text = Range().Replace(text, "${from} to ");
        text = Percent().Replace(text, "$1 percent");
        return Number().Replace(text, m =>
        {
            var before = m.Index > 0 && char.IsLetter(text[m.Index - 1]) ? " " : "";
            var end = m.Index + m.Length;
            var after = end < text.Length && char.IsLetter(text[end]) ? " " : "";
            return before + (m.Groups["minus"].Success ? "minus " : "") + Words(m.Groups["n"].Value) + after;
        });
    }

    /// <summary>After one point stand single digits; more points, as in versions and addresses, separate numbers.</summary>
    private static string Words(string number) => number.Split('.') switch
    {
        [var whole] => WholeNumber(whole, isAlone: true),
        [var whole, var digits] => $"{WholeNumber(whole, isAlone: false)} point {EnglishNumbers.Digits(digits)}",
        var parts => string.Join(" point ", parts.Select(p => WholeNumber(p, isAlone: false))),
    };

    private static string WholeNumber(ReadOnlySpan<char> digits, bool isAlone)
    {
        if (!TryParse(digits, out var number) || (digits.Length > 1 && digits[0] == '0'))
            return EnglishNumbers.Digits(digits.ToString().Replace(",", "", StringComparison.Ordinal));
        return isAlone && digits.Length == 4 && number is >= FirstYear and <= LastYear ? EnglishNumbers.Year((int)number) : EnglishNumbers.Cardinal(number);
    }

    private static bool TryParse(ReadOnlySpan<char> digits, out long number)
    {
        number = 0;
        return digits.Length <= MostDigits + (MostDigits / 3) && long.TryParse(digits, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out number)
            && number < 1_000_000_000_000_000;
    }

    private static string Amount(Match match)
    {
        var (one, many, cent, cents) = Currencies[match.Groups["currency"].Value];
        var (whole, part, scale) = (match.Groups["whole"].Value, match.Groups["part"].Value, match.Groups["scale"].Value);
        if (scale.Length > 0)
            return $"{Words(match.Groups["n"].Value)}{scale} {many}";
        var units = $"{WholeNumber(whole, isAlone: false)} {(whole is "1" ? one : many)}";
        if (part.Length == 0 || part is "00")
            return units;
        if (part.Length != 2)
            return $"{Words(match.Groups["n"].Value)} {many}";
        var hundredths = $"{WholeNumber(part[0] == '0' ? part[1..] : part, isAlone: false)} {(part is "01" ? cent : cents)}";
        return whole is "0" ? hundredths : $"{units} and {hundredths}";
    }

    private static string ClockTime(Match match)
    {
        var hour = int.Parse(match.Groups["h"].ValueSpan, CultureInfo.InvariantCulture);
        var minute = int.Parse(match.Groups["m"].ValueSpan, CultureInfo.InvariantCulture);
        var half = match.Groups["half"].Value;
        var words = EnglishNumbers.Cardinal(hour);
        if (minute > 0)
            words += minute < 10 ? $" oh {EnglishNumbers.Cardinal(minute)}" : $" {EnglishNumbers.Cardinal(minute)}";
        else if (half.Length == 0)
            words += hour is >= 1 and <= 12 ? " o'clock" : " hundred";
        return half.Length == 0 ? words : $"{words} {char.ToUpperInvariant(half[0])} M";
    }

    private static string Cased(char first, string words) => char.IsUpper(first) ? char.ToUpperInvariant(words[0]) + words[1..] : words;

    /// <summary>A full stop that ends the sentence as well must stay: one that is followed by nothing, or by a capital after "etc.".</summary>
    private static string Ended(Match match, string words) =>
        match.Groups["end"].Success || (match.Groups["capital"].Success && match.Groups["short"].ValueSpan is "etc" or "Etc") ? words + "." : words;

    // No pattern looks back over or repeats an unbounded run twice: a text may be megabytes of digits.
    [GeneratedRegex(@"\b(?<short>Mrs?|Ms|Dr|Prof|Jr|Sr|[Vv]s|[Ee]tc|[Aa]pprox|[Dd]ept|[Ee]\.g|[Ii]\.e)\.(?:(?<end>\s*$)|(?=(?<capital>\s+\p{Lu}))|)")]
    private static partial Regex Abbreviation();

    [GeneratedRegex(@"(?:\bNo\.\s?|#)(?=[0-9])")]
    private static partial Regex NumberSign();

    [GeneratedRegex(@"(?<currency>[$€£])\s?(?<n>(?<whole>[0-9]{1,3}(?:,[0-9]{3}){1,5}|[0-9]{1,18})(?:\.(?<part>[0-9]{1,18}))?)(?![0-9,.]*[0-9])(?<scale>\s(?:thousand|million|billion|trillion)\b)?")]
    private static partial Regex Money();

    [GeneratedRegex(@"(?<![0-9:.,])(?<h>[01]?[0-9]|2[0-3]):(?<m>[0-5][0-9])(?![0-9:])(?:\s?(?<half>[AaPp])(?:\.[Mm]\b(?:\.(?!\s*$|\s+\p{Lu}))?|[Mm]\b))?")]
    private static partial Regex Time();

    [GeneratedRegex(@"(?<![0-9.,])(?<n>[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,15})(?:st|nd|rd|th)\b")]
    private static partial Regex Ordinal();

    [GeneratedRegex(@"(?<![0-9.,-])(?<from>[0-9]{1,2}|[0-9]{4})\s?[-\u2013]\s?(?=[0-9]{1,4}(?![0-9-]))")]
    private static partial Regex Range();

    [GeneratedRegex(@"([0-9])\s?%")]
    private static partial Regex Percent();

    [GeneratedRegex(@"(?<minus>(?<![\w.)])[-\u2212](?=[0-9]))?(?<n>(?:[0-9]{1,3}(?:,[0-9]{3}){1,5}(?![0-9])|[0-9]+)(?:\.[0-9]+)*)")]
    private static partial Regex Number();
}
