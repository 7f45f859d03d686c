using System.Text.RegularExpressions;
using DiffPlex;

namespace MigrationKit.Cli.Reporting;

/// <summary>Says what an edit does whatever stands around it, so that hundreds of the same kind can be reviewed as one.</summary>
/// <remarks>
/// The shape is the difference in tokens: <c>a.Generate(x)</c> and <c>b.Generate(y)</c> that become <c>GenerateAudio</c> both have the shape
/// <c>Generate → GenerateAudio</c>. The idea of reviewing large rewrites by pattern is Google's (Rosie, "Software Engineering at Google", chapter 22).
/// </remarks>
internal static partial class EditShape
{
    /// <summary>Longer shapes say less than the diff does.</summary>
    private const int Limit = 160;

    /// <summary>Edits of more text than this are described by their size: a token by token comparison would take long and say little.</summary>
    private const int TextLimit = 20_000;

    /// <summary>Whether every old line has its new one, so that each has a shape of its own.</summary>
    public static bool IsPaired(LineEdit edit) => edit.Removed.Length == edit.Added.Length;

    /// <param name="edit">The lines that change.</param>
    /// <param name="line">A line that <paramref name="edit"/> covers, from 0.</param>
    public static string Of(LineEdit edit, int line)
    {
        if (IsPaired(edit))
            return Of(edit.Removed[line - edit.Line], edit.Added[line - edit.Line]);
        return edit.Removed.Concat(edit.Added).Sum(l => l.Length) > TextLimit
            ? $"lines: {edit.Removed.Length} → {edit.Added.Length}"
            : Of(string.Concat(edit.Removed), string.Concat(edit.Added));
    }

    private static string Of(string before, string after)
    {
        var diff = new Differ().CreateCustomDiffs(before, after, ignoreWhiteSpace: false, text => [.. Token().Matches(text).Select(m => m.Value)]);
        var parts = diff.DiffBlocks.Select(block => (
                Old: string.Concat(diff.PiecesOld.Skip(block.DeleteStartA).Take(block.DeleteCountA)).Trim(),
                New: string.Concat(diff.PiecesNew.Skip(block.InsertStartB).Take(block.InsertCountB)).Trim()))
            .Where(p => p.Old.Length + p.New.Length > 0)
            .Select(p => p.Old.Length == 0 ? $"+ {p.New}" : p.New.Length == 0 ? $"− {p.Old}" : $"{p.Old} → {p.New}");
        var shape = Blank().Replace(string.Join("; ", parts), " ");
        return shape.Length <= Limit ? shape : shape[..(Limit - 1)] + "…";
    }

    [GeneratedRegex(@"\w+|\s+|.", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Blank();
}
