using System.Globalization;
using System.Text;

namespace PocketTts.Text;

/// <summary>Text as the model was trained to read it: one line, a capital first, a full stop last.</summary>
/// <param name="RemoveSemicolons">Semicolons are spoken as commas.</param>
/// <param name="PadShortInputs">Texts of up to four words get eight spaces in front.</param>
/// <remarks>Rules: kyutai-labs/pocket-tts (MIT), with the later rule for the end of the text. Immutable and thread-safe.</remarks>
internal sealed record TextPreparation(bool RemoveSemicolons, bool PadShortInputs)
{
    private const int ShortWords = 4;
    private const int ShortGuess = 3, LongGuess = 1;
    private const int MarginFrames = 2;
    private const string Padding = "        ";
    private const string TerminalMarks = ".!?\u2026";
    private const string WeakMarks = ",;:-\u2013\u2014";
    private const string Closers = "\"'\u201D\u2019)]\u00BB";

    /// <summary>Marks that a model of the language was not trained with; <see langword="null"/> for English.</summary>
    public CharacterRules? Characters { get; init; }

    /// <exception cref="ArgumentException">There is nothing but white space.</exception>
    public PreparedText Prepare(string text)
    {
        // Two spaces become one in a single pass, so that three become two: what the reference does, and what its models saw.
        var trimmed = Characters is null ? text.Trim() : Characters.Apply(text.Trim());
        var line = trimmed.Replace('\n', ' ').Replace('\r', ' ').Replace("  ", " ");
        if (line.Length == 0)
            throw new ArgumentException("The text is empty, or holds only marks that the model does not read; give at least one word.", nameof(text));
        if (RemoveSemicolons)
            line = line.Replace(';', ',');
        var isShort = CountWords(line) <= ShortWords;
        line = EndSentence(Capitalize(line));
        return new PreparedText(PadShortInputs && isShort ? Padding + line : line, (isShort ? ShortGuess : LongGuess) + MarginFrames);
    }

    private static int CountWords(string line) => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    private static string Capitalize(string line)
    {
        // The only letter that starts words and whose capital is longer than itself.
        if (line[0] == 'ß')
            return "SS" + line[1..];
        Rune.DecodeFromUtf16(line, out var first, out var width);
        return Rune.IsUpper(first) || !Rune.IsLetter(first) ? line : Rune.ToUpper(first, CultureInfo.InvariantCulture) + line[width..];
    }

    private static string EndSentence(string line)
    {
        var core = line.TrimEnd([.. Closers, ' ']);
        if (core.Length == 0 || TerminalMarks.Contains(core[^1]))
            return line;
        if (!WeakMarks.Contains(core[^1]))
            return line + ".";
        var tail = line[core.Length..].Trim();
        return core.TrimEnd([.. WeakMarks, ' ']) + "." + tail;
    }
}

/// <param name="Text">What the tokenizer gets.</param>
/// <param name="FramesAfterEos">Frames to keep after the end of speech, if nobody says otherwise.</param>
internal readonly record struct PreparedText(string Text, int FramesAfterEos);
