using System.Text.RegularExpressions;

namespace VoiceForge.Tests.FaultsOfModels;

/// <summary>The page docs/faults.md, which stands beside the tests when they run.</summary>
public sealed partial class FaultPageTests
{
    private const string Section = "## Models, memory, configuration and security\n";

    [Fact]
    public void EveryTestThatThePageNames_IsThere()
    {
        var page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "faults.md")).ReplaceLineEndings("\n");
        var rows = page.Split(Section)[1].Split("\n## ")[0].Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1).ToList();
        string[] numbers = [.. Enumerable.Range(48, 22).Concat(Enumerable.Range(71, 4)).Select(number => $"{number}"), .. Enumerable.Range(1, 16).Select(number => $"S{number}")];
        Assert.Empty(numbers.Except(rows.Select(row => row.Split('|')[1].Trim())));
        foreach (var row in rows)
        {
            var names = TestName().Matches(row).ToList();
            Assert.True(names.Count > 0 || row.Contains("| – |", StringComparison.Ordinal), row);
            Assert.All(names, name => Assert.Contains(
                typeof(FaultPageTests).Assembly.GetTypes(),
                type => type.Name == name.Groups[1].Value && type.GetMethod(name.Groups[2].Value) is { } method && method.IsDefined(typeof(FactAttribute), inherit: true)));
        }
    }

    [GeneratedRegex("`([A-Za-z0-9]+Tests)\\.([A-Za-z0-9_]+)`")]
    private static partial Regex TestName();
}
