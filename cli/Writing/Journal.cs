using System.Text.Json;
using System.Text.Json.Serialization;

namespace MigrationKit.Cli.Writing;

/// <summary>What a run set out to write; kept as <c>.migrationkit/runs/&lt;id&gt;/journal.json</c>.</summary>
internal sealed record Journal(
    [property: JsonPropertyName("version")] int Version,
    [property: JsonPropertyName("id")] string Id,
    [property: JsonPropertyName("tool")] string Tool,
    [property: JsonPropertyName("createdUtc")] DateTime CreatedUtc,
    [property: JsonPropertyName("input")] string Input,
    [property: JsonPropertyName("files")] IReadOnlyList<JournalEntry> Files)
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true };

    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Format);

    /// <exception cref="MigrationException">The file is damaged.</exception>
    public static Journal Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<Journal>(File.ReadAllBytes(file))
                ?? throw new MigrationException(ExitCode.WriteFailed, $"The journal '{file}' is empty; the run's folder holds the backups it should name.");
        }
        catch (JsonException e)
        {
            throw new MigrationException(ExitCode.WriteFailed, $"The journal '{file}' is damaged ({e.Message}); the run's folder holds the backups.", e);
        }
    }
}
