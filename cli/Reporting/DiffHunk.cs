using System.Collections.Immutable;

namespace MigrationKit.Cli.Reporting;

/// <summary>Edits that stand close together, with the lines around them.</summary>
/// <param name="Edits">In the order of the file.</param>
/// <param name="Text">As a unified diff shows them, with the <c>@@</c> line.</param>
internal sealed record DiffHunk(ImmutableArray<LineEdit> Edits, string Text)
{
    /// <summary>How many lines lie between a line of the old text and the nearest edit; 0 when one covers it.</summary>
    public int Distance(int line) => Edits.Min(e => e.Covers(line) ? 0 : line < e.Line ? e.Line - line : line - (e.Line + Math.Max(e.Removed.Length, 1)) + 1);
}
