using System.Globalization;
using System.Text.Json;
using VoiceForge;

namespace MigrationKit.Cli.Doctor;

/// <summary>What a running program recorded in <c>logs/health.json</c>: <c>uptime_seconds</c>, <c>failsafe_entries</c>, <c>latency_p99_ms</c>.</summary>
internal sealed class HealthFile
{
    private const string Name = "health.json";
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    private readonly string? _path;
    private readonly JsonElement _values;

    private HealthFile(string? path, JsonElement values)
    {
        _path = path;
        _values = values;
    }

    /// <summary>The newest file in the <c>logs</c> folders of a project: its own, and those where it was built.</summary>
    public static HealthFile Newest(string folder)
    {
        var candidates = new[] { Path.Combine(folder, "logs", Name) }
            .Concat(Directory.Exists(Path.Combine(folder, "bin")) ? Directory.EnumerateFiles(Path.Combine(folder, "bin"), Name, SearchOption.AllDirectories) : [])
            .Where(File.Exists);
        if (candidates.MaxBy(File.GetLastWriteTimeUtc) is not { } path)
            return new(null, default);
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllText(path));
            return new(path, document.RootElement.Clone());
        }
        catch (JsonException)
        {
            return new(path, default); // cut off in the middle of a write: as good as not there, and said so below
        }
    }

    /// <param name="targetLatencyMs">The configured target in milliseconds.</param>
    public IEnumerable<DiagnosticCheck> Checks(double targetLatencyMs)
    {
        var uptime = Number("uptime_seconds") is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        yield return Uptime("one hour", uptime, Hour);
        yield return Uptime("one day", uptime, Day);
        yield return Check(
            "failsafe", "failsafe_entries", "no failsafe activation", value => value == 0, value => $"{value:0} activations",
            "logs/debug.log says which blocks were bad; 'migrationkit check --rule MK0105' looks at the callback");
        yield return Check(
            "latency in use", "latency_p99_ms", string.Create(CultureInfo.InvariantCulture, $"p99 at most {targetLatencyMs:0.###} ms"), value => value <= targetLatencyMs,
            value => string.Create(CultureInfo.InvariantCulture, $"p99 {value:0.###} ms"), "lower 'audio.buffer_size' in config.yaml, or speed up the processing callback");
        yield return new(
            "latency below V1", DiagnosticStatus.NotMeasured, "V1 was not run here", "lower than V1's on the same machine", "measure V1 with the same devices and compare");
    }

    private DiagnosticCheck Uptime(string name, TimeSpan? uptime, TimeSpan wanted)
    {
        var limit = $"{wanted.TotalHours:0} h without a crash";
        return uptime is not { } time
            ? NotMeasured(name, limit)
            : time >= wanted
                ? new(name, DiagnosticStatus.Pass, $"up for {time.TotalHours.ToString("0.0", CultureInfo.InvariantCulture)} h", limit, null)
                : new(name, DiagnosticStatus.NotMeasured, $"up for {time.TotalHours.ToString("0.0", CultureInfo.InvariantCulture)} h so far", limit, "let it run on");
    }

    private DiagnosticCheck Check(string name, string key, string limit, Func<double, bool> isMet, Func<double, string> say, string remedy) =>
        Number(key) is not { } value ? NotMeasured(name, limit)
        : new(name, isMet(value) ? DiagnosticStatus.Pass : DiagnosticStatus.Fail, $"{say(value)} ({_path})", limit, isMet(value) ? null : remedy);

    private DiagnosticCheck NotMeasured(string name, string limit) => new(
        name, DiagnosticStatus.NotMeasured, _path is null ? "there is no logs/health.json" : $"'{_path}' does not say", limit, "run the migrated program; it records this in logs/health.json");

    private double? Number(string key) =>
        _values.ValueKind == JsonValueKind.Object && _values.TryGetProperty(key, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}
