namespace PocketTts.Text;

/// <summary>English number words, as an American reads them (no "and").</summary>
internal static class EnglishNumbers
{
    private static readonly string[] Small =
    [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen",
        "sixteen", "seventeen", "eighteen", "nineteen",
    ];

    private static readonly string[] Tens = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

    private static readonly (long Value, string Name)[] Scales =
        [(1_000_000_000_000, "trillion"), (1_000_000_000, "billion"), (1_000_000, "million"), (1000, "thousand"), (100, "hundred")];

    private static readonly Dictionary<string, string> IrregularOrdinals = new()
    {
        ["one"] = "first", ["two"] = "second", ["three"] = "third", ["five"] = "fifth", ["eight"] = "eighth", ["nine"] = "ninth", ["twelve"] = "twelfth",
    };

    /// <param name="number">0 or more.</param>
    public static string Cardinal(long number)
    {
        if (number < Small.Length)
            return Small[number];
        if (number < 100)
            return number % 10 == 0 ? Tens[number / 10] : $"{Tens[number / 10]}-{Small[number % 10]}";
        var (value, name) = Array.Find(Scales, s => s.Value <= number);
        var rest = number % value;
        return $"{Cardinal(number / value)} {name}{(rest == 0 ? "" : " " + Cardinal(rest))}";
    }

    /// <param name="number">0 or more.</param>
    public static string Ordinal(long number)
    {
        var words = Cardinal(number);
        var last = words.LastIndexOfAny([' ', '-']) + 1;
        var word = words[last..];
        return words[..last] + (IrregularOrdinals.TryGetValue(word, out var irregular) ? irregular : word[^1] == 'y' ? word[..^1] + "ieth" : word + "th");
    }

    /// <summary>As years are read: in pairs, except for the first years of a millennium.</summary>
    /// <param name="year">1000 to 9999.</param>
    public static string Year(int year)
    {
        var (century, rest) = Math.DivRem(year, 100);
        if (century % 10 == 0 && rest < 10)
            return Cardinal(year);
        return $"{Cardinal(century)} {(rest == 0 ? "hundred" : rest < 10 ? $"oh {Cardinal(rest)}" : Cardinal(rest))}";
    }

    /// <summary>One word for each digit.</summary>
    public static string Digits(ReadOnlySpan<char> digits)
    {
        var words = new List<string>(digits.Length);
        foreach (var digit in digits)
            words.Add(Small[digit - '0']);
        return string.Join(' ', words);
    }
}
