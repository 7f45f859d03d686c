using System.Text.Json.Serialization;

namespace MigrationKit.Cli.Writing;

/// <summary>One file of a run, as its journal records it.</summary>
/// <param name="Path">Path relative to the folder that holds <c>.migrationkit</c>, without symbolic links.</param>
/// <param name="Before">SHA-256 of the old bytes in lower-case hex; null for a file that the run created.</param>
/// <param name="After">SHA-256 of the new bytes.</param>
/// <param name="Backup">Name of the old bytes in the run's folder; null for a file that the run created.</param>
/// <param name="Temporary">Path of the new bytes before they take the file's place.</param>
/// <param name="SavedEdit">Name in the run's folder under which a forced rollback keeps what a user wrote over the new bytes.</param>
internal sealed record JournalEntry(
    [property: JsonPropertyName("path")] string Path,
    [property: JsonPropertyName("before")] string? Before,
    [property: JsonPropertyName("after")] string After,
    [property: JsonPropertyName("backup")] string? Backup,
    [property: JsonPropertyName("temporary")] string Temporary,
    [property: JsonPropertyName("savedEdit")] string SavedEdit);
