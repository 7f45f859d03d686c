using System.Globalization;
using System.Text.RegularExpressions;

namespace VoiceForge.Configuration;

/// <summary>Reads the values of one mapping: each key that is asked for is known, every other one is an error.</summary>
internal sealed partial class ConfigSection
{
    private readonly ConfigNode _node;
    private readonly ConfigErrors _errors;
    private readonly string _path;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly List<ConfigSection> _sections = [];

    public ConfigSection(ConfigNode node, ConfigErrors errors, string path = "")
    {
        _node = node;
        _errors = errors;
        _path = path;
        if (node is { Mapping: null, IsNull: false })
            errors.Add(node.Start, path, "expected keys with values below it, such as 'audio:' and 'sample_rate: 48000' in the next line");
    }

    public ConfigSection Section(string key)
    {
        var section = new ConfigSection(Find(key) ?? new ConfigNode(_node.Start, Scalar: "", IsPlain: true), _errors, PathOf(key));
        _sections.Add(section);
        return section;
    }

    /// <summary>The full names of all keys that were asked for here and below, in that order.</summary>
    public IEnumerable<string> KeyPaths() =>
        _known.SelectMany(key => _sections.FirstOrDefault(section => section._path == PathOf(key)) is { } section ? section.KeyPaths() : [PathOf(key)]);

    public bool IsWritten(string key) => Find(key) is not null;

    public int Integer(string key, int fallback, int least, int most)
    {
        if (FindPlain(key, $"expected a whole number from {least} to {most}") is not { } text)
            return fallback;
        if (IntegerPattern().IsMatch(text) && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
            return value;

        Report(key, $"'{text}' is not allowed; expected a whole number from {least} to {most}");
        return fallback;
    }

    public double Number(string key, double fallback, double least, double most)
    {
        var allowed = string.Create(CultureInfo.InvariantCulture, $"expected a number from {least} to {most}");
        if (FindPlain(key, allowed) is not { } text)
            return fallback;
        if (NumberPattern().IsMatch(text) && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value >= least && value <= most)
            return value;

        Report(key, $"'{text}' is not allowed; {allowed}");
        return fallback;
    }

    public bool Boolean(string key, bool fallback)
    {
        switch (FindPlain(key, "expected true or false"))
        {
            case null:
                return fallback;
            case "true":
                return true;
            case "false":
                return false;
            case var text:
                Report(key, $"'{text}' is not allowed; expected true or false");
                return fallback;
        }
    }

    public TEnum Choice<TEnum>(string key, TEnum fallback)
        where TEnum : struct, Enum
    {
        var names = Enum.GetNames<TEnum>().Select(name => name.ToLowerInvariant()).ToArray();
        return Enum.Parse<TEnum>(Choice(key, fallback.ToString().ToLowerInvariant(), names), ignoreCase: true);
    }

    public string Choice(string key, string fallback, string[] allowed)
    {
        if (FindScalar(key, $"expected {string.Join(", ", allowed)}") is not { } text)
            return fallback;
        if (allowed.Contains(text, StringComparer.Ordinal))
            return text;

        Report(key, $"'{text}' is not allowed; expected {string.Join(", ", allowed)}{Hint(text, allowed)}");
        return fallback;
    }

    public string? Text(string key) => FindScalar(key, "expected a text");

    public void Report(string key, string text)
    {
        var node = _node.Mapping is not null && _node.Mapping.TryGetValue(key, out var entry) ? entry.Value : _node;
        _errors.Add(node.Start, PathOf(key), text);
    }

    public void ReportUnknownKeys()
    {
        foreach (var (key, (start, _)) in _node.Mapping ?? new Dictionary<string, (YamlDotNet.Core.Mark, ConfigNode)>())
        {
            if (!_known.Contains(key))
                _errors.Add(start, PathOf(key), $"is not known{Hint(key, _known)}; allowed here: {string.Join(", ", _known.Order(StringComparer.Ordinal))}");
        }

        foreach (var section in _sections)
            section.ReportUnknownKeys();
    }

    private static string Hint(string text, IEnumerable<string> names)
    {
        var nearest = names.MinBy(name => Distance(text, name));
        return nearest is not null && Distance(text, nearest) <= Math.Max(2, nearest.Length / 3) ? $" (did you mean '{nearest}'?)" : "";
    }

    // Levenshtein: how many characters to insert, delete or replace.
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (left[i - 1] == right[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }

    private ConfigNode? Find(string key)
    {
        _known.Add(key);
        return _node.Mapping is not null && _node.Mapping.TryGetValue(key, out var entry) && !entry.Value.IsNull ? entry.Value : null;
    }

    private string? FindScalar(string key, string allowed)
    {
        var node = Find(key);
        if (node is { Scalar: null })
            Report(key, $"is a list or has keys below it; {allowed}");
        return node?.Scalar;
    }

    // In YAML a quoted number or truth value is a text.
    private string? FindPlain(string key, string allowed)
    {
        var text = FindScalar(key, allowed);
        if (text is null || Find(key)!.IsPlain)
            return text;

        Report(key, $"\"{text}\" is a text; {allowed}, without quotes");
        return null;
    }

    private string PathOf(string key) => _path.Length == 0 ? key : $"{_path}.{key}";

    // YAML's 010 and 0x10 mean eight and sixteen to some readers: only plain decimal digits are taken.
    [GeneratedRegex(@"\A-?(0|[1-9][0-9]*)\z", RegexOptions.CultureInvariant)]
    private static partial Regex IntegerPattern();

    [GeneratedRegex(@"\A-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex NumberPattern();
}
