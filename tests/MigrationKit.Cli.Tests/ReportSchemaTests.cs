using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MigrationKit.Cli.Tests.Infrastructure;

namespace MigrationKit.Cli.Tests;

[Collection(RunsCollection.Name)]
public sealed class ReportSchemaTests
{
    [Theory]
    [InlineData("check")]
    [InlineData("fix")]
    public async Task JsonReport_IsWhatItsSchemaSays(string command)
    {
        using var bench = Workbench.WithApp();
        bench.Write("App/Inactive.cs", "#if NEVER\nclass C { PocketTts.TtsModel? model; }\n#endif\n");
        var result = await bench.RunAsync(command, bench.App, "--no-restore", "--format", "json");

        Assert.NotEmpty(result.Json["findings"]!.AsArray());
        Assert.NotEmpty(result.Json["coverage"]!["notAnalysable"]!.AsArray());
        Assert.Empty(Violations(result.Json, Schema(), "$"));
    }

    [Theory]
    [InlineData("findings", "{}")]
    [InlineData("tool", "\"other\"")]
    [InlineData("summary", """{ "projects": -1 }""")]
    [InlineData("extra", "1")]
    public async Task OtherDocument_ViolatesTheSchema(string property, string value)
    {
        using var bench = Workbench.WithApp();
        var report = (await bench.RunAsync("check", bench.App, "--no-restore", "--format", "json")).Json;
        report[property] = JsonNode.Parse(value);
        Assert.NotEmpty(Violations(report, Schema(), "$"));
    }

    private static JsonNode Schema()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "MigrationKit.sln")))
            folder = Path.GetDirectoryName(folder)!;
        return JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "docs", "report.schema.json")))!;
    }

    // The keywords that our schema uses; another keyword fails the test instead of being skipped.
    private static IEnumerable<string> Violations(JsonNode? value, JsonNode schema, string at)
    {
        foreach (var (keyword, rule) in schema.AsObject())
        {
            var found = keyword switch
            {
                "$schema" or "title" or "description" => [],
                "type" => (rule is JsonArray several ? several.Select(t => (string)t!) : [(string)rule!]).Any(t => IsOf(value, t)) ? [] : [$"{at} is no {rule}"],
                "enum" => rule!.AsArray().Any(e => JsonNode.DeepEquals(e, value)) ? [] : [$"{at} is none of {rule}"],
                "pattern" => Regex.IsMatch((string)value!, (string)rule!) ? [] : [$"{at} does not match {rule}"],
                "minimum" => (double)value! >= (double)rule! ? [] : [$"{at} is below {rule}"],
                "required" => rule!.AsArray().Select(r => (string)r!).Where(r => !value!.AsObject().ContainsKey(r)).Select(r => $"{at}.{r} is missing"),
                "properties" => rule!.AsObject().Where(p => value!.AsObject().ContainsKey(p.Key)).SelectMany(p => Violations(value![p.Key], p.Value!, $"{at}.{p.Key}")),
                "items" => value is JsonArray items ? items.SelectMany((item, i) => Violations(item, rule!, $"{at}[{i}]")) : [],
                "additionalProperties" => rule is JsonObject
                    ? value!.AsObject().SelectMany(p => Violations(p.Value, rule, $"{at}.{p.Key}"))
                    : value!.AsObject().Where(p => schema["properties"]![p.Key] is null).Select(p => $"{at}.{p.Key} is unknown"),
                _ => throw new InvalidOperationException($"This test does not know the keyword '{keyword}'."),
            };
            foreach (var violation in found)
                yield return violation;
        }
    }

    private static bool IsOf(JsonNode? value, string type) => value?.GetValueKind() switch
    {
        null => type == "null",
        System.Text.Json.JsonValueKind.Object => type == "object",
        System.Text.Json.JsonValueKind.Array => type == "array",
        System.Text.Json.JsonValueKind.String => type == "string",
        System.Text.Json.JsonValueKind.Number => type == "number" || (type == "integer" && (double)value! % 1 == 0),
        _ => type == "boolean",
    };
}
