using DiffPlex;
using MigrationKit.Cli.Loading;

namespace MigrationKit.Cli.Fixing;

/// <summary>Leads from the lines of an edited text back to those of the original.</summary>
internal sealed class LineMap
{
    private readonly int[] _original;
    private readonly bool[] _edited;

    public LineMap(string original, string current)
    {
        var lines = LineEnds.Lines(current).Count + 1; // a text that ends with a line end has an empty last line
        _original = new int[lines];
        _edited = new bool[lines];
        var diff = new Differ().CreateCustomDiffs(original, current, ignoreWhiteSpace: false, text => [.. LineEnds.Lines(text)]);
        var (at, shift) = (0, 0);
        foreach (var block in diff.DiffBlocks)
        {
            for (; at < block.InsertStartB; at++)
                _original[at] = at - shift;
            for (; at < block.InsertStartB + block.InsertCountB; at++)
            {
                _original[at] = block.DeleteStartA;
                _edited[at] = true;
            }

            shift = block.InsertStartB + block.InsertCountB - (block.DeleteStartA + block.DeleteCountA);
        }

        for (; at < lines; at++)
            _original[at] = at - shift;
    }

    /// <param name="line">A line of the current text, from 0.</param>
    /// <returns>The line it was; the first line of the edited block when it was edited or is new.</returns>
    public (int Line, bool IsEdited) Original(int line) => (_original[Math.Min(line, _original.Length - 1)], _edited[Math.Min(line, _original.Length - 1)]);
}
