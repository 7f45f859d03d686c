namespace MigrationKit.Cli.ProjectFiles;

/// <summary>A place in a file beside the code.</summary>
/// <param name="Rule">The rule's ID.</param>
/// <param name="File">Full path.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
/// <param name="Message">One sentence without a period.</param>
/// <param name="Remedy">What a person has to do.</param>
internal sealed record PlacedText(string Rule, string File, int Line, int Column, string Message, string Remedy)
{
    /// <summary>Places a message at an offset of a text.</summary>
    public static PlacedText At(string rule, string file, string text, int offset, string message, string remedy) =>
        new(rule, file, text.AsSpan(0, offset).Count('\n') + 1, offset - text.LastIndexOf('\n', Math.Max(offset - 1, 0), Math.Max(offset, 0)), message, remedy);
}
