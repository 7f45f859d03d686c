using DiffPlex;

namespace MigrationKit.Cli.Loading;

/// <summary>Gives inserted lines the line end of their file.</summary>
internal static class LineEnds
{
    /// <param name="before">The text as it was.</param>
    /// <param name="after">The text as a fix left it; its new lines can end as the fix pleased.</param>
    /// <returns><paramref name="after"/> in which every line that is not in <paramref name="before"/> ends like the line above it there.</returns>
    public static string Keep(string before, string after)
    {
        if (before == after)
            return after;

        var old = Lines(before);
        if (old.All(l => End(l).Length == 0))
            return after;
        var usual = Usual(before);
        if (old.All(l => End(l) == usual || End(l).Length == 0))
            return string.Concat(Lines(after).Select(l => WithEnd(l, usual)));

        // Mixed line ends: only what the fix touched may change.
        var result = Lines(after);
        foreach (var block in new Differ().CreateCustomDiffs(before, after, ignoreWhiteSpace: false, text => [.. Lines(text)]).DiffBlocks)
        {
            for (var i = 0; i < block.InsertCountB; i++)
            {
                var neighbour = old.ElementAtOrDefault(block.DeleteStartA + Math.Min(i, Math.Max(block.DeleteCountA - 1, 0)));
                var end = neighbour is null ? usual : End(neighbour) is { Length: > 0 } own ? own : usual;
                result[block.InsertStartB + i] = WithEnd(result[block.InsertStartB + i], end);
            }
        }

        return string.Concat(result);
    }

    /// <summary>The lines of a text with their ends; there is no empty one after a last line end.</summary>
    public static List<string> Lines(string text)
    {
        var lines = new List<string>();
        for (var start = 0; start < text.Length;)
        {
            var at = text.AsSpan(start).IndexOfAny('\r', '\n');
            var end = at < 0 ? text.Length : start + at + (text.AsSpan(start + at).StartsWith("\r\n") ? 2 : 1);
            lines.Add(text[start..end]);
            start = end;
        }

        return lines;
    }

    /// <summary>The line end that most lines have; that of the platform when there is none.</summary>
    public static string Usual(string text) =>
        Lines(text).Select(End).Where(e => e.Length > 0).GroupBy(e => e).MaxBy(g => g.Count())?.Key ?? Environment.NewLine;

    public static string End(string line) =>
        line.EndsWith("\r\n", StringComparison.Ordinal) ? "\r\n" : line.EndsWith('\n') ? "\n" : line.EndsWith('\r') ? "\r" : "";

    private static string WithEnd(string line, string end) =>
        End(line) is { Length: > 0 } own ? string.Concat(line.AsSpan(0, line.Length - own.Length), end) : line;
}
