using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using MigrationKit.Cli.Analysis;

namespace MigrationKit.Cli.Baselines;

/// <summary>Findings that a team has accepted: they are reported and fail nothing, new ones do.</summary>
/// <remarks>The key is rule, path and text of the line, with a count; a line that only moves stays accepted, one more of its kind is new.</remarks>
internal sealed class FindingBaseline
{
    private const int Version = 1;

    private static readonly JsonSerializerOptions Format = new()
    {
        WriteIndented = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, // read by people in reviews; never part of a page
    };

    private readonly string _folder;
    private readonly ImmutableDictionary<(string Rule, string File, string Text), int> _accepted;

    private FindingBaseline(string folder, IEnumerable<BaselineEntry> entries)
    {
        _folder = folder;
        _accepted = entries.ToImmutableDictionary(e => (e.Rule, e.File, e.Text), e => e.Count);
    }

    /// <param name="file">Full path.</param>
    /// <exception cref="MigrationException">It does not exist or is malformed.</exception>
    public static FindingBaseline Read(string file)
    {
        if (!File.Exists(file))
            throw new MigrationException(ExitCode.Usage, $"--baseline '{file}' does not exist; 'migrationkit check --baseline <file> --write-baseline' writes it.");
        try
        {
            var content = JsonSerializer.Deserialize<Content>(File.ReadAllText(file), Format);
            if (content is not { Version: Version, Findings: { } entries })
                throw Malformed($"'version' must be {Version} and 'findings' a list");
            var wrong = entries.ToList().FindIndex(e => e is not { Rule: not null, File: not null, Text: not null, Count: >= 1 });
            if (wrong >= 0)
                throw Malformed($"entry {wrong + 1} ('{entries[wrong]?.Rule} {entries[wrong]?.File}') must have a rule, a file, a text and a count of at least 1");
            if (entries.GroupBy(e => (e.Rule, e.File, e.Text)).FirstOrDefault(g => g.Count() > 1) is { } twice)
                throw Malformed($"'{twice.Key.Rule}' in '{twice.Key.File}' with the text '{twice.Key.Text}' stands there twice: add the counts");
            return new(Path.GetDirectoryName(file)!, entries);
        }
        catch (JsonException e)
        {
            throw Malformed(e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MigrationException(ExitCode.Usage, $"--baseline '{file}' cannot be read: {e.Message}", e);
        }

        MigrationException Malformed(string why) => new(ExitCode.Usage, $"--baseline '{file}' is no baseline: {why}. '--write-baseline' writes it anew.");
    }

    /// <summary>The text of a baseline that accepts the findings.</summary>
    /// <param name="findings">With their sites.</param>
    /// <param name="folder">Where the baseline will stand.</param>
    public static string Text(IEnumerable<Finding> findings, string folder)
    {
        var entries = findings.GroupBy(f => Key(f, folder))
            .Select(g => new BaselineEntry(g.Key.Rule, g.Key.File, g.Key.Text, g.Count()))
            .OrderBy(e => e.File, StringComparer.Ordinal).ThenBy(e => e.Rule, StringComparer.Ordinal).ThenBy(e => e.Text, StringComparer.Ordinal);
        return JsonSerializer.Serialize(new Content(Version, [.. entries]), Format).ReplaceLineEndings("\n") + "\n";
    }

    /// <summary>Marks the findings that are accepted.</summary>
    public ImmutableArray<Finding> Mark(IEnumerable<Finding> findings) =>
        [.. findings.Select(f => f with { IsInBaseline = f.Occurrence < _accepted.GetValueOrDefault(Key(f, _folder)) })];

    /// <summary>How many accepted findings are not among <paramref name="findings"/>: the baseline can shrink by them.</summary>
    public int Gone(IEnumerable<Finding> findings)
    {
        var found = findings.GroupBy(f => Key(f, _folder)).ToDictionary(g => g.Key, g => g.Count());
        return _accepted.Sum(a => Math.Max(a.Value - found.GetValueOrDefault(a.Key), 0));
    }

    private static (string Rule, string File, string Text) Key(Finding finding, string folder) =>
        (finding.Rule, Path.GetRelativePath(folder, finding.File).Replace('\\', '/'), finding.SiteText);

    private sealed record Content(
        [property: JsonPropertyName("version"), JsonRequired] int Version,
        [property: JsonPropertyName("findings"), JsonRequired] IReadOnlyList<BaselineEntry> Findings);
}
