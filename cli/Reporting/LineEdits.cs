using System.Collections.Immutable;
using DiffPlex;

namespace MigrationKit.Cli.Reporting;

/// <summary>The lines in which two texts differ, as git sees lines: only <c>\n</c> ends one.</summary>
internal static class LineEdits
{
    /// <param name="before">The old text; null for a new file.</param>
    /// <param name="after">The new text.</param>
    public static ImmutableArray<LineEdit> Of(string? before, string after)
    {
        var old = Lines(before ?? "");
        var @new = Lines(after);
        return
        [
            .. new Differ().CreateCustomDiffs(before ?? "", after, ignoreWhiteSpace: false, text => [.. Lines(text)]).DiffBlocks.Select(block => new LineEdit(
                block.DeleteStartA,
                block.InsertStartB,
                [.. old.Skip(block.DeleteStartA).Take(block.DeleteCountA)],
                [.. @new.Skip(block.InsertStartB).Take(block.InsertCountB)])),
        ];
    }

    /// <summary>The lines of a text with their ends; only the last one may lack it.</summary>
    public static List<string> Lines(string text)
    {
        var lines = text.Split('\n').Select(l => l + "\n").ToList();
        if (lines[^1] == "\n")
            lines.RemoveAt(lines.Count - 1);
        else
            lines[^1] = lines[^1][..^1];
        return lines;
    }
}
