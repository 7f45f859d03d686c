namespace MigrationKit.Generated.Model;

/// <summary>How the text of a program is laid out.</summary>
public sealed record Layout(string Indent, string NewLine, bool EndsWithNewLine, bool BraceOnOwnLine, bool HasFileScopedNamespace, bool HasBlankLines)
{
    public static Layout Plain { get; } = new("    ", "\n", true, true, true, false);
}
