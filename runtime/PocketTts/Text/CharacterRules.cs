using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;

namespace PocketTts.Text;

/// <summary>Marks that the models of a language were trained without: left out, or written as others. Immutable and thread-safe.</summary>
/// <remarks>Source: kyutai-labs/pocket-tts (MIT), the rules of its later releases.</remarks>
internal sealed partial class CharacterRules
{
    private const string Dropped = "\"\u201C\u201D\u201E\u201F\u00AB\u00BB()[]";
    private static readonly string[] Languages = ["french", "german", "italian", "portuguese", "spanish", "dutch"];
    private readonly FrozenDictionary<char, string> _replacements;

    private CharacterRules(Dictionary<char, string> replacements) => _replacements = replacements.ToFrozenDictionary();

    /// <returns><see langword="null"/> for English and for languages that are not known.</returns>
    public static CharacterRules? For(string language)
    {
        if (Array.Find(Languages, l => language.StartsWith(l, StringComparison.OrdinalIgnoreCase)) is not { } known)
            return null;
        var replacements = Dropped.ToDictionary(c => c, _ => "");
        replacements['\u2018'] = replacements['\u2019'] = "'";
        if (known == "spanish")
            replacements['\u00A1'] = replacements['\u00BF'] = "";
        if (known == "french")
            replacements[':'] = ",";
        return new CharacterRules(replacements);
    }

    /// <summary>Where something was left out, spaces are drawn together and a comma after a full stop goes too.</summary>
    public string Apply(string text)
    {
        var replaced = new StringBuilder(text.Length);
        foreach (var character in text)
        {
            if (_replacements.TryGetValue(character, out var other))
                replaced.Append(other);
            else
                replaced.Append(character);
        }

        return WeakAfterTerminal().Replace(Spaces().Replace(replaced.ToString(), " "), "$1").Trim();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();

    [GeneratedRegex(@"([.!?\u2026]) ?[,;:]")]
    private static partial Regex WeakAfterTerminal();
}
