using MigrationKit.Generated.Checking;
using Xunit.Abstractions;

namespace MigrationKit.Generated;

/// <summary>Random V1 programs through all rules; seed and number can be set by MIGRATIONKIT_SEED and MIGRATIONKIT_PROGRAMS.</summary>
public sealed class GeneratedProgramTests(ITestOutputHelper output)
{
    [Fact]
    public Task AnyProgram_IsMigratedAndDoesTheSame() => RunAsync(Campaign.Seed, Campaign.Count, allStates: false);

    [Fact]
    public Task AnyProgram_EndsAsTheSameTextFromEveryState() => RunAsync(Campaign.Seed + 1, Math.Max(1, Campaign.Count / 10), allStates: true);

    private async Task RunAsync(ulong seed, int count, bool allStates)
    {
        // Many times what it takes: what waits for ever fails here, and does not hold up all that follows.
        var results = await Campaign.RunAsync(seed, count, allStates).WaitAsync(TimeSpan.FromMinutes(3 + (count / 400)));
        Assert.Equal(count, results.Count);
        foreach (var group in results.SelectMany(result => result.Findings).GroupBy(finding => finding).OrderBy(group => group.Key, StringComparer.Ordinal))
            output.WriteLine($"{group.Key}: {group.Count()} programs");
        if (results.Any(result => result.Violations.Count > 0))
            Assert.Fail(await Campaign.DescribeFailuresAsync(results, seed, allStates));
    }
}
