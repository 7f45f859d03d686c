using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using VoiceForge;

namespace MigrationKit.Cli.Doctor;

/// <summary>Checks with their results, as <c>doctor</c> and <c>diagnose</c> print them.</summary>
/// <param name="Command">The command whose checks they are.</param>
/// <param name="Checks">In the order of the output.</param>
internal sealed record Checklist(string Command, ImmutableArray<DiagnosticCheck> Checks)
{
    private static readonly JsonWriterOptions Readable = new() { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Whether no check failed.</summary>
    public bool Passed => Checks.All(check => check.Status != DiagnosticStatus.Fail);

    /// <summary>The checks for people: a line each, the remedy below it, a line with the counts at the end.</summary>
    public string ToText()
    {
        var text = new StringBuilder();
        var width = Checks.Max(check => check.Name.Length);
        foreach (var check in Checks)
        {
            text.AppendLine($"{Word(check.Status),-12}  {check.Name.PadRight(width)}  {OneLine(check.Measured)}");
            if (check.Status == DiagnosticStatus.Pass)
                continue;
            text.AppendLine($"{"",-12}  {"",1}{"wanted: ".PadLeft(width)}{OneLine(check.Limit)}");
            if (check.Remedy is not null)
                text.AppendLine($"{"",-12}  {"",1}{"do: ".PadLeft(width)}{OneLine(check.Remedy)}");
        }

        var counts = Checks.GroupBy(check => check.Status).OrderBy(group => group.Key).Select(group => $"{group.Count()} {Word(group.Key)}");
        return text.AppendLine().AppendLine($"{(Passed ? "ready" : "not ready")}: {string.Join(", ", counts)}").ToString();
    }

    /// <summary>The checks for programs: <c>{ tool, version, command, passed, checks: [ { name, status, measured, limit, remedy } ] }</c>.</summary>
    public string ToJson()
    {
        using var memory = new MemoryStream();
        using (var json = new Utf8JsonWriter(memory, Readable))
        {
            json.WriteStartObject();
            json.WriteString("tool", Tool.Name);
            json.WriteString("version", Tool.Version);
            json.WriteString("command", Command);
            json.WriteBoolean("passed", Passed);
            json.WriteStartArray("checks");
            foreach (var check in Checks)
            {
                json.WriteStartObject();
                json.WriteString("name", check.Name);
                json.WriteString("status", JsonNamingPolicy.CamelCase.ConvertName(check.Status.ToString()));
                json.WriteString("measured", check.Measured);
                json.WriteString("limit", check.Limit);
                json.WriteString("remedy", check.Remedy);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(memory.ToArray());
    }

    private static string OneLine(string text) => string.Join("; ", text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static string Word(DiagnosticStatus status) => status switch
    {
        DiagnosticStatus.Pass => "pass",
        DiagnosticStatus.Warning => "warning",
        DiagnosticStatus.Fail => "fail",
        _ => "not measured",
    };
}
