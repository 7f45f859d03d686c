using System.Text;

namespace MigrationKit.Cli.Reporting;

/// <summary>Shows a change the way <c>git apply</c> takes it.</summary>
internal static class UnifiedDiff
{
    private const int Context = 3;

    /// <summary>How many lines a change adds and removes.</summary>
    public static (int Added, int Removed) Count(string? before, string after)
    {
        var edits = LineEdits.Of(before, after);
        return (edits.Sum(e => e.Added.Length), edits.Sum(e => e.Removed.Length));
    }

    /// <param name="path">Path with forward slashes, relative to where the diff will be applied.</param>
    /// <param name="before">The old text; null for a new file.</param>
    /// <param name="after">The new text.</param>
    public static string Of(string path, string? before, string after)
    {
        var result = new StringBuilder();
        result.Append("diff --git ").Append("a/").Append(path).Append(' ').Append("b/").Append(path).Append('\n');
        if (before is null)
            result.Append("new file mode 100644\n");
        result.Append("--- ").Append(before is null ? "/dev/null" : Header("a/", path)).Append('\n');
        result.Append("+++ ").Append(Header("b/", path)).Append('\n');
        foreach (var hunk in Hunks(before, after))
            result.Append(hunk.Text);
        return result.ToString();
    }

    /// <summary>The hunks of a diff: edits with less than twice the context between them share one.</summary>
    public static IReadOnlyList<DiffHunk> Hunks(string? before, string after)
    {
        var old = LineEdits.Lines(before ?? "");
        var edits = LineEdits.Of(before, after);
        var hunks = new List<DiffHunk>();
        for (var first = 0; first < edits.Length;)
        {
            var last = first;
            while (last + 1 < edits.Length && edits[last + 1].Line - (edits[last].Line + edits[last].Removed.Length) <= 2 * Context)
                last++;
            hunks.Add(Hunk(old, [.. edits.AsSpan()[first..(last + 1)]]));
            first = last + 1;
        }

        return hunks;
    }

    private static DiffHunk Hunk(List<string> old, LineEdit[] edits)
    {
        var start = Math.Max(edits[0].Line - Context, 0);
        var end = Math.Min(edits[^1].Line + edits[^1].Removed.Length + Context, old.Count);
        var newStart = start + edits[0].NewLine - edits[0].Line;
        var body = new StringBuilder();
        var (at, removed, added) = (start, 0, 0);
        foreach (var edit in edits)
        {
            for (; at < edit.Line; at++)
                Append(body, ' ', old[at]);
            foreach (var line in edit.Removed)
                Append(body, '-', line);
            foreach (var line in edit.Added)
                Append(body, '+', line);
            at += edit.Removed.Length;
            removed += edit.Removed.Length;
            added += edit.Added.Length;
        }

        for (; at < end; at++)
            Append(body, ' ', old[at]);
        return new([.. edits], $"@@ -{Range(start, end - start)} +{Range(newStart, end - start - removed + added)} @@\n{body}");
    }

    private static string Range(int start, int count) => count == 1 ? $"{start + 1}" : $"{(count == 0 ? start : start + 1)},{count}";

    // GNU and git end a name with blanks by a tab.
    private static string Header(string prefix, string path) => prefix + path + (path.Contains(' ', StringComparison.Ordinal) ? "\t" : "");

    private static void Append(StringBuilder body, char mark, string line)
    {
        body.Append(mark).Append(line);
        if (!line.EndsWith('\n'))
            body.Append("\n\\ No newline at end of file\n");
    }
}
