using System.Buffers;
using System.Text;
using Microsoft.CodeAnalysis.Text;
using MigrationKit.Analyzers;

namespace MigrationKit.Cli.Analysis;

/// <summary>Whether a text can hold a finding: what every rule starts from is a name, or a creation without a type name.</summary>
internal static class CandidateText
{
    /// <summary>The names as the scan of bytes looks for them; the rules' own lists, so that a new rule's names are never missed.</summary>
    public static IReadOnlyList<byte[]> Names { get; } = [.. CandidateNames.TypeNames.Concat(CandidateNames.MemberNames).Distinct().Select(Encoding.UTF8.GetBytes)];

    private static readonly SearchValues<string> Written =
        SearchValues.Create([.. CandidateNames.TypeNames, .. CandidateNames.MemberNames], StringComparison.Ordinal);

    public static bool IsCandidate(SourceText source)
    {
        var text = source.ToString();
        return text.AsSpan().ContainsAny(Written) || HasCreationWithoutType(text);
    }

    /// <summary>Whether <c>new (</c> stands in it, with any space or a comment between.</summary>
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

    /// <summary>Like the test of a text, on the bytes of a UTF-8 file.</summary>
    public static bool HasCreationWithoutType(ReadOnlySpan<byte> text)
    {
        for (var at = text.IndexOf("new"u8); at >= 0; at = text.IndexOf("new"u8))
        {
            text = text[(at + 3)..];
            var next = text.IndexOfAnyExcept(" \t\r\n"u8);
            if (next >= 0 && text[next] is (byte)'(' or (byte)'/')
                return true;
        }

        return false;
    }
}
