namespace MigrationKit.Cli.Fixing;

/// <summary>Where an XML element and its attributes stand in the text, so that an edit touches nothing else.</summary>
/// <param name="Start">Offset of <c>&lt;</c>.</param>
/// <param name="NameEnd">Offset behind the element's name.</param>
/// <param name="TagEnd">Offset behind the <c>&gt;</c> of the start tag.</param>
/// <param name="End">Offset behind the whole element.</param>
/// <param name="Attributes">Name, and where the value stands without its quotes.</param>
internal sealed record XmlElementText(int Start, int NameEnd, int TagEnd, int End, IReadOnlyList<(string Name, int Start, int End)> Attributes)
{
    /// <param name="text">Well-formed XML.</param>
    /// <param name="line">Line of the element, from 1.</param>
    /// <param name="column">Column of the element's <c>&lt;</c> or name, from 1.</param>
    public static XmlElementText At(string text, int line, int column)
    {
        var lines = Loading.LineEnds.Lines(text);
        var offset = lines.Take(line - 1).Sum(l => l.Length) + column - 1;
        var start = text.LastIndexOf('<', Math.Min(offset, text.Length - 1));

        var at = start + 1;
        while (!char.IsWhiteSpace(text[at]) && text[at] is not ('>' or '/'))
            at++;
        var nameEnd = at;
        var name = text[(start + 1)..nameEnd];

        var attributes = new List<(string, int, int)>();
        while (text[at] is not ('>' or '/'))
        {
            if (char.IsWhiteSpace(text[at]))
            {
                at++;
                continue;
            }

            var equals = text.IndexOf('=', at);
            var quote = text.AsSpan(equals).IndexOfAny('"', '\'') + equals;
            var close = text.IndexOf(text[quote], quote + 1);
            attributes.Add((text[at..equals].Trim(), quote + 1, close));
            at = close + 1;
        }

        var isEmpty = text[at] == '/';
        var tagEnd = text.IndexOf('>', at) + 1;
        return new(start, nameEnd, tagEnd, isEmpty ? tagEnd : EndOf(text, name, tagEnd), attributes);
    }

    public bool IsEmpty => TagEnd == End;

    /// <summary>The value of an attribute as it is written, null without one.</summary>
    public string? Attribute(string text, string name) =>
        Attributes.Where(a => a.Name == name).Select(a => text[a.Start..a.End]).FirstOrDefault();

    /// <summary>Where the text of a child element stands, null without one.</summary>
    public (int Start, int End)? Child(string text, string name)
    {
        if (IsEmpty)
            return null;
        var open = text.IndexOf($"<{name}>", TagEnd, End - TagEnd, StringComparison.Ordinal);
        if (open < 0)
            return null;
        var start = open + name.Length + 2;
        return (start, text.IndexOf('<', start));
    }

    // Reference items do not nest in themselves; a comment may still hold the end tag.
    private static int EndOf(string text, string name, int from)
    {
        while (true)
        {
            var end = text.IndexOf($"</{name}", from, StringComparison.Ordinal);
            var comment = text.IndexOf("<!--", from, StringComparison.Ordinal);
            if (comment < 0 || comment > end)
                return text.IndexOf('>', end) + 1;
            from = text.IndexOf("-->", comment, StringComparison.Ordinal) + 3;
        }
    }
}
