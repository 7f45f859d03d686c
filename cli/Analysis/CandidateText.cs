using System.Buffers;
using System.Text;
using MigrationKit.Analyzers;

namespace MigrationKit.Cli.Analysis;

/// <summary>Whether a text can hold a finding: what every rule starts from is a name, or a creation without a type name.</summary>
/// <remarks>The names are the rules' own lists, so that those of a new rule are never missed.</remarks>
internal static class CandidateText
{
    private static readonly string[] Names = [.. CandidateNames.TypeNames.Concat(CandidateNames.MemberNames).Distinct()];
    private static readonly SearchValues<string> AnyName = SearchValues.Create(Names, StringComparison.Ordinal);
    private static readonly byte[][] Utf8Names = [.. Names.Select(Encoding.UTF8.GetBytes)];

    /// <summary>Looks at a text.</summary>
    public static bool IsCandidate(ReadOnlySpan<char> text) => HasName(text) || HasCreationWithoutType(text);

    /// <summary>Looks at the bytes of a UTF-8 file.</summary>
    public static bool IsCandidate(ReadOnlySpan<byte> text)
    {
        foreach (var name in Utf8Names)
        {
            if (HasWord(text, name))
                return true;
        }

        return HasCreationWithoutType(text);
    }

    /// <summary>Whether a name stands in the text as a word of its own; any letter beyond ASCII ends a word, which can only add candidates.</summary>
    public static bool HasWord(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name)
    {
        for (var start = 0; text[start..].IndexOf(name) is >= 0 and var at; start += at + 1)
        {
            var (before, after) = (start + at - 1, start + at + name.Length);
            if ((before < 0 || !IsPartOfName((char)text[before])) && (after >= text.Length || !IsPartOfName((char)text[after])))
                return true;
        }

        return false;
    }

    private static bool HasName(ReadOnlySpan<char> text)
    {
        for (var start = 0; text[start..].IndexOfAny(AnyName) is >= 0 and var at; start += at + 1)
        {
            if (start + at > 0 && IsPartOfName(text[start + at - 1]))
                continue;
            var rest = text[(start + at)..];
            foreach (var name in Names)
            {
                if (rest.StartsWith(name, StringComparison.Ordinal) && (rest.Length == name.Length || !IsPartOfName(rest[name.Length])))
                    return true;
            }
        }

        return false;
    }

    private static bool IsPartOfName(char character) => char.IsAsciiLetterOrDigit(character) || character == '_';

    // 'new (', with any space or a comment between.
    private static bool HasCreationWithoutType(ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOf("new"); at >= 0; at = text.IndexOf("new"))
        {
            text = text[(at + 3)..];
            if (text.TrimStart() is ['(' or '/', ..])
                return true;
        }

        return false;
    }

    private static bool HasCreationWithoutType(ReadOnlySpan<byte> text)
    {
        for (var at = text.IndexOf("new"u8); at >= 0; at = text.IndexOf("new"u8))
        {
            text = text[(at + 3)..];
            var next = text.IndexOfAnyExcept(" \t\r\n"u8);
            if (next >= 0 && text[next] is (byte)'(' or (byte)'/' or >= 0x80) // a space beyond ASCII, perhaps
                return true;
        }

        return false;
    }
}
