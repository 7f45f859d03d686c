using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MigrationKit.Cli.Reporting;

/// <summary>One page that needs nothing but a browser: style, script and the JSON report stand in it, and it may load nothing else.</summary>
internal static class HtmlReport
{
    /// <param name="json">A report as <see cref="JsonReport"/> writes it.</param>
    public static string Of(string json)
    {
        var (style, script) = (Resource("report.css"), Resource("report.js"));
        using var report = JsonDocument.Parse(json);
        var summary = report.RootElement.GetProperty("summary");
        var values = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["policy"] = $"default-src 'none'; base-uri 'none'; form-action 'none'; style-src '{Hash(style)}'; script-src '{Hash(script)}'",
            ["path"] = WebUtility.HtmlEncode(report.RootElement.GetProperty("path").GetString()!),
            ["plain"] = string.Join(", ", new[] { "found", "fixed", "manual", "unverified", "skipped" }.Select(name => $"{name} {summary.GetProperty(name).GetInt32()}")),
            ["style"] = style,
            ["script"] = script,
            // Stored reports come from a file that anyone could have edited: nothing in them may end the element they stand in.
            ["json"] = json.Replace("<", "\\u003c", StringComparison.Ordinal),
        };
        var page = new StringBuilder();
        foreach (var part in Resource("report.html").Split("@@"))
            page.Append(values.TryGetValue(part, out var value) ? value : part);
        return page.ToString();
    }

    // The policy covers exactly the bytes between the tags.
    private static string Hash(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";

    private static string Resource(string name)
    {
        using var stream = typeof(HtmlReport).Assembly.GetManifestResourceStream($"Report/{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
