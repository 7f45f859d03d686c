using System.Text.Json.Serialization;

namespace MigrationKit.Cli.Baselines;

/// <summary>Accepted findings of one rule that stand in equal lines of one file.</summary>
/// <param name="Rule">The rule's ID.</param>
/// <param name="File">Path relative to the folder of the baseline, with forward slashes.</param>
/// <param name="Text">The line, blanks collapsed.</param>
/// <param name="Count">How many of them are accepted, at least 1.</param>
internal sealed record BaselineEntry(
    [property: JsonPropertyName("rule"), JsonRequired] string Rule,
    [property: JsonPropertyName("file"), JsonRequired] string File,
    [property: JsonPropertyName("text"), JsonRequired] string Text,
    [property: JsonPropertyName("count"), JsonRequired] int Count);
