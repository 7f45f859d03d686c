using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace MigrationKit.CodeFixes;

/// <summary>Collects small edits of one file's text and applies them at once.</summary>
/// <remarks>
/// Edits are as small as the change itself (a token, an inserted name, a closing brace), so edits of nested calls do not overlap and every
/// character that no edit names stays. The edits of one finding are taken together or not at all: <see cref="TryCommit"/> refuses those
/// that overlap a finding taken before, which the next round of the pass then sees again.
/// </remarks>
internal sealed class TextEdits(SyntaxNode root, SourceText text)
{
    private readonly List<Edit> _taken = new();
    private readonly List<Edit> _pending = new();
    private readonly List<TextSpan> _indented = new();
    private readonly List<TextSpan> _pendingIndented = new();

    public bool IsEmpty => _taken.Count == 0;

    public SourceText Text => text;

    /// <summary>The unit the file is indented with: a tab, or two or four spaces.</summary>
    public string IndentUnit { get; } = FindIndentUnit(text);

    public void Replace(TextSpan span, string newText) => _pending.Add(new Edit(span, newText, null));

    public void Delete(TextSpan span) => Replace(span, "");

    public void Insert(int position, string newText) => Replace(new TextSpan(position, 0), newText);

    /// <summary>Inserts a text that several findings need once, such as the declaration of what they share.</summary>
    public void InsertShared(int position, string newText, InsertionPlace place = InsertionPlace.Inside) =>
        _pending.Add(new Edit(new TextSpan(position, 0), newText, null) { IsShared = true, Place = place });

    /// <summary>Cuts <paramref name="from"/> with <paramref name="cut"/> around it, and puts it, with the edits inside it, between two texts at <paramref name="to"/>.</summary>
    public void Move(TextSpan from, TextSpan cut, int to, string before, string after)
    {
        _pending.Add(new Edit(cut, "", null) { IsCut = true });
        _pending.Add(new Edit(new TextSpan(to, 0), before, from) { After = after });
    }

    /// <summary>Indents the lines that start inside <paramref name="span"/> by one unit, new ones included, but not what is inserted at its two ends.</summary>
    public void Indent(TextSpan span) => _pendingIndented.Add(span);

    /// <summary>The white space that the line of <paramref name="position"/> starts with.</summary>
    public string IndentAt(int position)
    {
        var line = text.Lines.GetLineFromPosition(position).ToString();
        return line.Substring(0, line.Length - line.TrimStart(' ', '\t').Length);
    }

    /// <summary>The line end of the line of <paramref name="position"/>, or of the nearest line before it that has one.</summary>
    public string LineEndAt(int position)
    {
        for (var number = text.Lines.GetLineFromPosition(position).LineNumber; number >= 0; number--)
        {
            var line = text.Lines[number];
            if (line.EndIncludingLineBreak > line.End)
                return text.ToString(TextSpan.FromBounds(line.End, line.EndIncludingLineBreak));
        }

        return "\n";
    }

    /// <summary>Takes the edits since the last call, unless one of them overlaps an edit taken before.</summary>
    public bool TryCommit()
    {
        var fresh = _pending.Where((edit, index) => !edit.IsShared || !_taken.Contains(edit) && _pending.IndexOf(edit) == index).ToList();
        var isFree = !fresh.Any(edit => _taken.Any(edit.Overlaps));
        if (isFree)
        {
            _taken.AddRange(fresh);
            _indented.AddRange(_pendingIndented.Where(span => !_indented.Contains(span)));
        }

        _pending.Clear();
        _pendingIndented.Clear();
        return isFree;
    }

    public SourceText Apply() => SourceText.From(Render(new TextSpan(0, text.Length)), text.Encoding, text.ChecksumAlgorithm);

    private string Render(TextSpan span)
    {
        var cuts = _taken.Where(edit => edit.IsCut && span.Contains(edit.Span) && edit.Span != span).ToList();
        var edits = _taken.Concat(IndentEdits())
            .Where(edit => span.Contains(edit.Span) && !cuts.Any(cut => cut.Hides(edit)))
            .Select((edit, index) => (edit, index))
            .OrderBy(item => item.edit.Span.Start).ThenBy(item => item.edit.Span.End).ThenBy(item => !item.edit.IsIndent).ThenBy(item => item.edit.Place).ThenBy(item => item.index)
            .Select(item => item.edit);

        var result = new StringBuilder();
        var at = span.Start;
        foreach (var edit in edits)
        {
            result.Append(text.ToString(TextSpan.FromBounds(at, edit.Span.Start)));
            result.Append(NewTextOf(edit));
            at = edit.Span.End;
        }

        return result.Append(text.ToString(TextSpan.FromBounds(at, span.End))).ToString();
    }

    private string NewTextOf(Edit edit)
    {
        var newText = edit.Moved is { } moved ? edit.NewText + Render(moved) + edit.After : edit.NewText;
        foreach (var _ in _indented.Where(span => span.Start < edit.Span.Start && edit.Span.Start < span.End && edit.Span.End <= span.End && !edit.IsIndent))
            newText = IndentNewLines(newText);
        return newText;
    }

    private string IndentNewLines(string newText)
    {
        var lines = newText.Split('\n');
        for (var i = 1; i < lines.Length; i++)
        {
            // The last line goes on in the old text, which so gets its indentation even when the new text ends with a line end.
            if (lines[i].Trim().Length > 0 || i == lines.Length - 1)
                lines[i] = IndentUnit + lines[i];
        }

        return string.Join("\n", lines);
    }

    private IEnumerable<Edit> IndentEdits() =>
        from span in _indented
        from line in text.Lines
        where line.Start >= span.Start && line.Start < span.End && line.ToString().Trim().Length > 0 && StartsOutsideToken(line.Start)
        select new Edit(new TextSpan(line.Start, 0), IndentUnit, null) { IsIndent = true };

    /// <summary>Whether a line starts between tokens: the inner lines of raw and verbatim strings must stay, and directives need no indent.</summary>
    private bool StartsOutsideToken(int lineStart)
    {
        var token = root.FindToken(lineStart);
        return (lineStart <= token.SpanStart || lineStart >= token.Span.End)
            && !(token.Parent is { } parent && parent.FirstAncestorOrSelf<Microsoft.CodeAnalysis.CSharp.Syntax.InterpolatedStringExpressionSyntax>() is { } interpolated
                && interpolated.SpanStart < lineStart && lineStart < interpolated.Span.End)
            && !root.FindTrivia(lineStart).IsDirective;
    }

    private static string FindIndentUnit(SourceText text)
    {
        var widths = new List<int>();
        foreach (var line in text.Lines)
        {
            var written = line.ToString();
            if (written.StartsWith("\t", StringComparison.Ordinal))
                return "\t";

            var width = written.Length - written.TrimStart(' ').Length;
            if (width > 0 && width < written.Length && written[width] is not ('*' or '/'))
                widths.Add(width);
        }

        return widths.Count > 0 && widths.Min() == 2 ? "  " : "    ";
    }

    /// <param name="Moved">The text to put behind <paramref name="NewText"/>, rendered with the edits inside it.</param>
    private sealed record Edit(TextSpan Span, string NewText, TextSpan? Moved)
    {
        public string After { get; init; } = "";

        public bool IsCut { get; init; }

        public bool IsShared { get; init; }

        public InsertionPlace Place { get; init; } = InsertionPlace.Inside;

        public bool IsIndent { get; init; }

        /// <summary>Whether this cut takes the other edit away with its text.</summary>
        public bool Hides(Edit other) =>
            this != other && Span.Contains(other.Span) && !(other.Span.IsEmpty && other.Span.Start == Span.Start);

        public bool Overlaps(Edit other)
        {
            if (IsCut || other.IsCut)
                return false;
            if (Span.IsEmpty || other.Span.IsEmpty)
                return Span.Start > other.Span.Start ? Span.Start < other.Span.End : other.Span.Start < Span.End && Span.Start != other.Span.Start;
            return Span.OverlapsWith(other.Span);
        }
    }
}
