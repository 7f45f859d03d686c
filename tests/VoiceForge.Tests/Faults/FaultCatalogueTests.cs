using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace VoiceForge.Tests.Faults;

/// <summary>docs/faults.md is true: each test it names exists, each number has a test or a reason, and no test with a number is missing there.</summary>
public sealed partial class FaultCatalogueTests
{
    private static readonly Dictionary<string, string> Rows = ReadRows();
    private static readonly ILookup<string, string> Tests = FindTests();

    // 1 to 75, and those of security, which begin with an S.
    public static TheoryData<string> Numbers() =>
    [
        .. Enumerable.Range(1, 75).Select(number => number.ToString(CultureInfo.InvariantCulture)),
        .. Enumerable.Range(1, 16).Select(number => string.Create(CultureInfo.InvariantCulture, $"S{number}")),
    ];

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Fault_HasATestOrAReason(string number)
    {
        Assert.True(Rows.TryGetValue(number, out var row), $"docs/faults.md has no row {number}.");
        var named = TestName().Matches(row).Select(match => match.Groups[1].Value).ToList();

        Assert.True(named.Count > 0 || row.Contains("Not injected: ", StringComparison.Ordinal), $"Row {number} has neither a test nor 'Not injected: ' with the reason.");
        Assert.All(named, name => Assert.Contains(name, Tests[number]));
        Assert.All(Tests[number].Distinct(), name => Assert.Contains(name, named));
    }

    private static Dictionary<string, string> ReadRows()
    {
        var root = typeof(FaultCatalogueTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == "RepositoryRoot").Value!;
        var page = Path.Combine(root, "docs", "faults.md");
        return File.ReadLines(page).Select(line => Row().Match(line)).Where(match => match.Success)
            .GroupBy(match => match.Groups[1].Value, match => match.Value).ToDictionary(rows => rows.Key, rows => string.Join('\n', rows)); // a fault may concern two sections
    }

    private static ILookup<string, string> FindTests() => typeof(FaultCatalogueTests).Assembly.GetTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        .Select(method => (Match: Numbered().Match(method.Name), method.Name))
        .Where(method => method.Match.Success)
        .ToLookup(method => (method.Match.Groups[1].Value == "S" ? "S" : "") + method.Match.Groups[2].Value.TrimStart('0'), method => method.Name);

    [GeneratedRegex(@"^\| (S?\d+) \|.*$")]
    private static partial Regex Row();

    [GeneratedRegex(@"`(?:\w+\.)?([FS]\d+_\w+)`")]
    private static partial Regex TestName();

    [GeneratedRegex(@"^([FS])(\d+)_")]
    private static partial Regex Numbered();
}
