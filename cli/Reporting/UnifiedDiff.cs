using System.Text;
using DiffPlex;
using DiffPlex.Model;

namespace MigrationKit.Cli.Reporting;

/// <summary>Shows a change the way <c>git apply</c> takes it.</summary>
internal static class UnifiedDiff
{
    private const int Context = 3;

    /// <summary>How many lines a change adds and removes.</summary>
    public static (int Added, int Removed) Count(string? before, string after)
    {
        var blocks = Blocks(before ?? "", after);
        return (blocks.Sum(block => block.InsertCountB), blocks.Sum(block => block.DeleteCountA));
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

        // git ends lines at '\n' only.
        var old = Lines(before ?? "");
        var @new = Lines(after);
        var blocks = Blocks(before ?? "", after);
        for (var first = 0; first < blocks.Count;)
        {
            var last = first;
            while (last + 1 < blocks.Count && blocks[last + 1].DeleteStartA - (blocks[last].DeleteStartA + blocks[last].DeleteCountA) <= 2 * Context)
                last++;

            var start = Math.Max(blocks[first].DeleteStartA - Context, 0);
            var end = Math.Min(blocks[last].DeleteStartA + blocks[last].DeleteCountA + Context, old.Count);
            var newStart = start + blocks[first].InsertStartB - blocks[first].DeleteStartA;
            var body = new StringBuilder();
            var (at, removed, added) = (start, 0, 0);
            foreach (var block in blocks.Skip(first).Take(last - first + 1))
            {
                for (; at < block.DeleteStartA; at++)
                    Append(body, ' ', old[at]);
                for (; at < block.DeleteStartA + block.DeleteCountA; at++, removed++)
                    Append(body, '-', old[at]);
                for (var i = 0; i < block.InsertCountB; i++, added++)
                    Append(body, '+', @new[block.InsertStartB + i]);
            }

            for (; at < end; at++)
                Append(body, ' ', old[at]);
            result.Append("@@ -").Append(Range(start, end - start)).Append(" +").Append(Range(newStart, end - start - removed + added)).Append(" @@\n").Append(body);
            first = last + 1;
        }

        return result.ToString();
    }

    private static IList<DiffBlock> Blocks(string before, string after) =>
        new Differ().CreateCustomDiffs(before, after, ignoreWhiteSpace: false, text => [.. Lines(text)]).DiffBlocks;

    private static List<string> Lines(string text)
    {
        var lines = text.Split('\n').Select(l => l + "\n").ToList();
        if (lines[^1] == "\n")
            lines.RemoveAt(lines.Count - 1);
        else
            lines[^1] = lines[^1][..^1];
        return lines;
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
