using MigrationKit.Generated.Generation;
using MigrationKit.Generated.Model;

namespace MigrationKit.Generated.Checking;

/// <summary>Checks many programs in batches on two workers, and makes what fails small.</summary>
public static class Campaign
{
    private const int BatchSize = 50;
    private const int Workers = 2;

    public static ulong Seed { get; } = ulong.TryParse(Environment.GetEnvironmentVariable("MIGRATIONKIT_SEED"), out var seed) ? seed : 20261121;

    public static int Count { get; } = int.TryParse(Environment.GetEnvironmentVariable("MIGRATIONKIT_PROGRAMS"), out var count) && count > 0 ? count : 2000;

    public static async Task<IReadOnlyList<Checked>> RunAsync(ulong seed, int count, bool allStates = false, Rewrite? rewrite = null)
    {
        var batches = Programs.Sample(seed, count, BatchSize).Chunk(BatchSize).ToList();
        var results = new IReadOnlyList<Checked>[batches.Count];
        var (exitCode, error) = (Environment.ExitCode, Console.Error);
        Console.SetError(TextWriter.Null); // migrated programs report there that nothing started, thousands of times
        try
        {
            await Parallel.ForEachAsync(Enumerable.Range(0, batches.Count), new ParallelOptions { MaxDegreeOfParallelism = Workers },
                async (index, _) => results[index] = await BatchCheck.RunAsync(batches[index], allStates, rewrite));
        }
        finally
        {
            Console.SetError(error);
            Environment.ExitCode = exitCode; // set by 'void Main' of migrated programs
        }

        return [.. results.SelectMany(result => result)];
    }

    /// <summary>The failing programs, the smallest form of the first of each property, ready to be read.</summary>
    public static async Task<string> DescribeFailuresAsync(IReadOnlyList<Checked> results, ulong seed, bool allStates = false, Rewrite? rewrite = null, int most = 5)
    {
        var failed = results.Where(result => result.Violations.Count > 0).ToList();
        var report = new List<string> { $"{failed.Count} of {results.Count} programs failed; MIGRATIONKIT_SEED={seed} MIGRATIONKIT_PROGRAMS={results.Count} repeats the run." };
        foreach (var group in failed.GroupBy(result => result.Violations[0].Property).Take(most))
        {
            var smallest = await ShrinkAsync(group.First(), allStates, rewrite);
            report.Add(smallest is null
                ? $"{group.Key}: {group.Count()} programs, but the first does not fail alone:\n{group.First().Before}\nafter:\n{group.First().After}\n{group.First().Violations[0].Detail}"
                : $"{group.Key}: {group.Count()} programs, of which the first made small is\n{smallest.Before}\nafter:\n{smallest.After}\n{smallest.Violations[0].Detail}");
        }

        return string.Join("\n--------\n", report);
    }

    /// <summary>The smallest program that lacks the same property; <see langword="null"/> when the program alone does not fail.</summary>
    public static async Task<Checked?> ShrinkAsync(Checked failed, bool allStates = false, Rewrite? rewrite = null)
    {
        var property = failed.Violations[0].Property;
        Checked? last = null;
        async Task<bool> FailsAsync(GeneratedProgram program)
        {
            var result = (await BatchCheck.RunAsync([program], allStates, rewrite))[0];
            if (result.Violations.FirstOrDefault()?.Property != property)
                return false;
            last = result;
            return true;
        }

        if (await FailsAsync(failed.Program))
            await Shrinker.ShrinkAsync(failed.Program, FailsAsync);
        return last;
    }
}
