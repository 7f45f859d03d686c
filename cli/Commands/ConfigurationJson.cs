using System.Collections.Immutable;
using System.Text.Json;
using MigrationKit.Analyzers;

namespace MigrationKit.Cli.Commands;

/// <summary>The <c>.migrationkit.json</c> beside a solution or project.</summary>
internal sealed class ConfigurationJson
{
    public const string FileName = ".migrationkit.json";
    private const string ReferencesKey = "references";

    private readonly string _file;
    private readonly ImmutableDictionary<string, JsonElement> _values;

    private ConfigurationJson(string file, ImmutableDictionary<string, JsonElement> values)
    {
        _file = file;
        _values = values;
        References = values.TryGetValue(ReferencesKey, out var references) ? ReadReferences(references) : ImmutableDictionary<string, string>.Empty;
    }

    /// <summary>Library name to the full path of the project that replaces it.</summary>
    public ImmutableDictionary<string, string> References { get; }

    /// <param name="folder">Where the file may stand.</param>
    /// <param name="options">The long names of all options, without dashes.</param>
    /// <exception cref="MigrationException">The file is malformed or has a key that does not exist.</exception>
    public static ConfigurationJson Read(string folder, IReadOnlySet<string> options)
    {
        var file = Path.Combine(folder, FileName);
        if (!File.Exists(file))
            return new(file, ImmutableDictionary<string, JsonElement>.Empty);
        try
        {
            using var document = JsonDocument.Parse(
                File.ReadAllText(file), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new MigrationException(ExitCode.Usage, $"'{file}' holds no JSON object; see docs/cli.md.");
            var values = ImmutableDictionary.CreateBuilder<string, JsonElement>(StringComparer.Ordinal);
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (property.Name == "$schema")
                    continue;
                if (property.Name != ReferencesKey && !options.Contains(property.Name))
                {
                    throw new MigrationException(
                        ExitCode.Usage, $"'{file}': there is no option '{property.Name}'; did you mean '{NearestName.Of(property.Name, options.Append(ReferencesKey))}'?");
                }

                values[property.Name] = property.Value.Clone();
            }

            return new(file, values.ToImmutable());
        }
        catch (JsonException e)
        {
            throw new MigrationException(ExitCode.Usage, $"'{file}' is no valid JSON: {e.Message}", e);
        }
    }

    public bool Flag(string name) => _values.TryGetValue(name, out var value) && value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong(name, "true or false"),
    };

    public string? Text(string name) =>
        !_values.TryGetValue(name, out var value) ? null : value.ValueKind == JsonValueKind.String ? value.GetString() : throw Wrong(name, "a string");

    public IReadOnlyList<string> List(string name) =>
        !_values.TryGetValue(name, out var value) ? []
        : value.ValueKind == JsonValueKind.String ? [value.GetString()!]
        : value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(e => e.ValueKind == JsonValueKind.String) ? [.. value.EnumerateArray().Select(e => e.GetString()!)]
        : throw Wrong(name, "a string or a list of strings");

    private ImmutableDictionary<string, string> ReadReferences(JsonElement references)
    {
        if (references.ValueKind != JsonValueKind.Object)
            throw Wrong(ReferencesKey, "an object with library names as keys");
        var names = MigrationMap.Libraries.Select(l => l.Name).ToList();
        var result = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var library in references.EnumerateObject())
        {
            if (!names.Contains(library.Name, StringComparer.Ordinal))
                throw new MigrationException(ExitCode.Usage, $"'{_file}': 'references' knows no library '{library.Name}'; did you mean '{NearestName.Of(library.Name, names)}'?");
            var keys = library.Value.ValueKind == JsonValueKind.Object ? library.Value.EnumerateObject().Select(p => p.Name).ToList() : [];
            if (keys is not ["project"] || library.Value.GetProperty("project").ValueKind != JsonValueKind.String)
                throw Wrong($"{ReferencesKey}.{library.Name}", """{ "project": "path of a .csproj file" }""");
            var project = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(_file)!, library.Value.GetProperty("project").GetString()!.Replace('\\', '/')));
            if (!File.Exists(project))
                throw new MigrationException(ExitCode.Usage, $"'{_file}': the project '{project}' of '{ReferencesKey}.{library.Name}' does not exist.");
            result[library.Name] = project;
        }

        return result.ToImmutable();
    }

    private MigrationException Wrong(string key, string expected) => new(ExitCode.Usage, $"'{_file}': '{key}' must be {expected}.");
}
