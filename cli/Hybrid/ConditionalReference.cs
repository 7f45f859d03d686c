using MigrationKit.Cli.Fixing;
using MigrationKit.Cli.Loading;

namespace MigrationKit.Cli.Hybrid;

/// <summary>Keeps the V1 reference beside the V2 one, each under a condition of the build property, and takes it out again.</summary>
internal static class ConditionalReference
{
    private const string Condition = "Condition";

    /// <param name="before">The project file with the V1 reference.</param>
    /// <param name="after">The same file in which that one element became the V2 reference.</param>
    /// <param name="reference">Where the element stands in <paramref name="before"/>.</param>
    /// <param name="symbol">The build property.</param>
    public static string Keep(string before, string after, LibraryReference reference, string symbol)
    {
        var old = XmlElementText.At(before, reference.Line, reference.Column);
        var length = old.End - old.Start + after.Length - before.Length;
        var indent = before[(before.LastIndexOf('\n', old.Start) + 1)..old.Start];
        var v1 = With(before[old.Start..old.End], SwitchProperty.IsOn(symbol));
        var v2 = With(after.Substring(old.Start, length), SwitchProperty.IsOff(symbol));
        return string.Concat(before.AsSpan(0, old.Start), v1 + LineEnds.Usual(before) + (string.IsNullOrWhiteSpace(indent) ? indent : "") + v2, before.AsSpan(old.End));
    }

    /// <summary>The exact inverse: the file as it would be had nothing been kept.</summary>
    public static string Remove(string text, string symbol)
    {
        foreach (var newLine in new[] { "\r\n", "\n" })
            text = text.Replace(SwitchProperty.Definition(symbol, newLine), "", StringComparison.Ordinal);

        while (Find(text, SwitchProperty.IsOn(symbol)) is { } old)
        {
            // What follows is the line end and the indentation that Keep wrote between the two.
            var next = text.IndexOf('<', old.End);
            text = text.Remove(old.Start, next - old.Start);
        }

        while (Find(text, SwitchProperty.IsOff(symbol)) is { } kept)
            text = Without(text, kept, SwitchProperty.IsOff(symbol));
        return text;
    }

    private static string With(string element, string condition)
    {
        var at = XmlElementText.At(element, 1, 1);
        if (at.Attributes.FirstOrDefault(a => a.Name == Condition) is not { Name: not null } there)
            return element.Insert(at.NameEnd, $" {Condition}=\"{condition}\"");
        return string.Concat(element.AsSpan(0, there.Start), $"({element[there.Start..there.End]}) and {Quoted(condition, element[there.End])}", element.AsSpan(there.End));
    }

    private static string Without(string text, XmlElementText element, string condition)
    {
        var there = element.Attributes.First(a => a.Name == Condition);
        var value = text[there.Start..there.End];
        var suffix = $") and {Quoted(condition, text[there.End])}";
        return value.EndsWith(suffix, StringComparison.Ordinal)
            ? string.Concat(text.AsSpan(0, there.Start), value.AsSpan(1, value.Length - suffix.Length - 1), text.AsSpan(there.End))
            : text.Remove(element.NameEnd, there.End + 1 - element.NameEnd);
    }

    private static string Quoted(string condition, char quote) => quote == '\'' ? condition.Replace("'", "&apos;", StringComparison.Ordinal) : condition;

    private static XmlElementText? Find(string text, string condition)
    {
        foreach (var written in new[] { condition, Quoted(condition, '\'') })
        {
            var at = text.IndexOf(written, StringComparison.Ordinal);
            if (at < 0)
                continue;
            var start = text.LastIndexOf('<', at);
            var line = text.AsSpan(0, start).Count('\n') + 1;
            return XmlElementText.At(text, line, start - text.LastIndexOf('\n', start));
        }

        return null;
    }
}
