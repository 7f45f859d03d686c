using System.Text;
using MigrationKit.Generated.Model;

namespace MigrationKit.Generated.Rendering;

/// <summary>Lines of code in a layout.</summary>
internal sealed class CodeWriter(Layout layout)
{
    private readonly List<string> _lines = [];
    private int _depth;

    public string Indent => string.Concat(Enumerable.Repeat(layout.Indent, _depth));

    /// <summary>Where an argument on a line of its own starts.</summary>
    public string ContinuationIndent => Indent + layout.Indent;

    public string NewLine => layout.NewLine;

    public void Line(string text) => _lines.Add(text.Length == 0 ? "" : Indent + text);

    /// <summary>Text at the start of a line, for directives and what must not be indented.</summary>
    public void Raw(string text) => _lines.Add(text);

    public void BlankLine()
    {
        if (layout.HasBlankLines)
            _lines.Add("");
    }

    public void Open(string header)
    {
        if (layout.BraceOnOwnLine)
        {
            Line(header);
            Line("{");
        }
        else
        {
            Line(header.Length == 0 ? "{" : header + " {");
        }

        _depth++;
    }

    public void Close(string tail = "")
    {
        _depth--;
        Line("}" + tail);
    }

    /// <summary>A statement one level deeper, without braces.</summary>
    public void Deeper(Action write)
    {
        _depth++;
        write();
        _depth--;
    }

    /// <summary>Puts the line written last behind the one before it.</summary>
    public void JoinLast()
    {
        var last = _lines[^1].TrimStart();
        _lines.RemoveAt(_lines.Count - 1);
        _lines[^1] += " " + last;
    }

    public override string ToString()
    {
        var text = new StringBuilder().AppendJoin(layout.NewLine, _lines);
        return layout.EndsWithNewLine ? text.Append(layout.NewLine).ToString() : text.ToString();
    }
}
