using System.Text.Json;
using MigrationKit.Cli.Loading;

namespace MigrationKit.Cli.Writing;

/// <summary>What the tool wrote into an output folder, so that a later run knows its own, unedited result.</summary>
/// <param name="Files">Relative path to the SHA-256 hashes the file may have: one, or two while a run replaces it.</param>
internal sealed record OutputManifest(SortedDictionary<string, IReadOnlyList<string>> Files)
{
    public const string FileName = ".migrationkit-output.json";

    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true };

    /// <returns>Null when the folder holds no manifest.</returns>
    /// <exception cref="MigrationException">The manifest is damaged.</exception>
    public static OutputManifest? Read(string folder)
    {
        var file = Path.Combine(folder, FileName);
        if (!File.Exists(file))
            return null;
        try
        {
            return JsonSerializer.Deserialize<OutputManifest>(File.ReadAllBytes(file));
        }
        catch (JsonException e)
        {
            throw new MigrationException(ExitCode.Usage, $"'{file}' is damaged: choose another --output folder, or delete this one.", e);
        }
    }

    /// <summary>What stands in the folder once the run has ended.</summary>
    /// <param name="after">Relative path to hash.</param>
    public static OutputManifest Of(IReadOnlyDictionary<string, string> after) =>
        new(new SortedDictionary<string, IReadOnlyList<string>>(after.ToDictionary(f => f.Key, f => (IReadOnlyList<string>)[f.Value]), StringComparer.Ordinal));

    /// <summary>What may stand in the folder while a run is writing: the old files and the new ones, so that a killed run can simply be repeated.</summary>
    public static OutputManifest Pending(OutputManifest? before, IReadOnlyDictionary<string, string> after) =>
        new(new SortedDictionary<string, IReadOnlyList<string>>(
            (before?.Files.Keys ?? Enumerable.Empty<string>()).Union(after.Keys).ToDictionary(
                path => path,
                path => (IReadOnlyList<string>)[.. before?.Files.GetValueOrDefault(path, []) ?? [], after.GetValueOrDefault(path, "gone"), "pending"]),
            StringComparer.Ordinal));

    public void Write(string folder) => DurableFile.WriteWhole(Path.Combine(folder, FileName), JsonSerializer.SerializeToUtf8Bytes(this, Format));

    /// <returns>The files that are not as the tool left them.</returns>
    public IReadOnlyList<string> Edited(string folder) =>
        Files.Where(f => Path.Combine(folder, f.Key) is var path && (!File.Exists(path) || !f.Value.Contains(SourceFile.Hash(File.ReadAllBytes(path)))) && !IsPending(f.Value, path))
            .Select(f => f.Key)
            .ToList();

    // While a run is writing, a file may not be there yet.
    private static bool IsPending(IReadOnlyList<string> hashes, string path) => hashes.Count > 1 && !File.Exists(path);
}
