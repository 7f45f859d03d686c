using System.Collections.Immutable;

namespace MigrationKit.Cli.Reporting;

/// <summary>Neighbouring lines of a text that a change replaces.</summary>
/// <param name="Line">First replaced line of the old text, from 0; for a pure insertion the line it stands before.</param>
/// <param name="NewLine">First new line in the new text, from 0.</param>
/// <param name="Removed">Old lines with their ends.</param>
/// <param name="Added">New lines with their ends.</param>
internal sealed record LineEdit(int Line, int NewLine, ImmutableArray<string> Removed, ImmutableArray<string> Added)
{
    /// <summary>Whether a line of the old text is replaced; an insertion counts for the line it stands before.</summary>
    public bool Covers(int line) => line >= Line && line < Line + Math.Max(Removed.Length, 1);
}
