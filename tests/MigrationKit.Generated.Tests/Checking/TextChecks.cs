using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MigrationKit.Generated.Checking;

/// <summary>What must be true of the text of every migrated program.</summary>
internal static class TextChecks
{
    private const string Ours = "TODO(MigrationKit";

    /// <summary>Names that a rewrite is about; a line without them is none of its business.</summary>
    private static readonly string[] Concerned =
    [
        "TtsModel", "RingBuffer", "AudioStream", "VoiceForgeApp", "ModelLoader", "new(", "tts", "ring", "stream", "app", "loader", "Tts", "Ring", "Stream", "App", "Loader",
        "target", "value", "run", "Run", "Pass", "capacitySamples", "channels", "Index", "sampleRate", "bufferSize", "audio", "variant", "temp", "steps", "eos", "voice", "text", "Path", "count", "callback",
    ];

    public static IEnumerable<Violation> Check(string before, string after)
    {
        if (Trivia(after).SequenceEqual(Trivia(before)) is false)
            yield return new("comments and directives survive in order", $"before: {string.Join(" ", Trivia(before))}\nafter:  {string.Join(" ", Trivia(after))}");
        if (before.Contains("\r\n", StringComparison.Ordinal) ? after.Replace("\r\n", "", StringComparison.Ordinal).Contains('\n', StringComparison.Ordinal) : after.Contains('\r', StringComparison.Ordinal))
            yield return new("line ends stay", "");
        if (before.EndsWith('\n') != after.EndsWith('\n'))
            yield return new("the end of the file stays", "");
        if (MissingLine(before, after) is { } missing)
            yield return new("unconcerned lines stay", missing);
    }

    private static List<string> Trivia(string text) =>
    [
        .. CSharpSyntaxTree.ParseText(text).GetRoot().DescendantTrivia(descendIntoTrivia: false)
            .Where(trivia => trivia.IsDirective || trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia)
            .Select(trivia => trivia.ToString().Trim())
            .Where(comment => !comment.Contains(Ours, StringComparison.Ordinal)),
    ];

    /// <summary>The first unconcerned line that is not there, in order; a wrapped line may have moved to the right.</summary>
    private static string? MissingLine(string before, string after)
    {
        var lines = after.Split('\n');
        var next = 0;
        var tree = CSharpSyntaxTree.ParseText(before);
        var continued = tree.GetRoot().DescendantNodes().OfType<ArgumentListSyntax>()
            .Select(arguments => tree.GetLineSpan(arguments.Span))
            .SelectMany(span => Enumerable.Range(span.StartLinePosition.Line + 1, span.EndLinePosition.Line - span.StartLinePosition.Line))
            .ToHashSet();
        foreach (var line in before.Split('\n').Where((line, number) => line.Trim().Length > 1 && !continued.Contains(number) && !Array.Exists(Concerned, name => line.Contains(name, StringComparison.Ordinal))))
        {
            while (next < lines.Length && !IsSame(line, lines[next]))
                next++;
            if (next++ == lines.Length)
                return line;
        }

        return null;
    }

    private static bool IsSame(string line, string other) =>
        line == other || (other.Length > line.Length && other.EndsWith(line, StringComparison.Ordinal) && string.IsNullOrWhiteSpace(other[..^line.Length]));
}
