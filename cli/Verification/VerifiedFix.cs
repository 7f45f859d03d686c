using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MigrationKit.Cli.Analysis;
using MigrationKit.Cli.Fixing;
using MigrationKit.Cli.Loading;
using MigrationKit.Cli.Reporting;

namespace MigrationKit.Cli.Verification;

/// <summary>Fixes as much as compiles.</summary>
internal sealed class VerifiedFix(LoadedSolution loaded, FixRounds rounds, Verifier verifier, StageTimes times, Action<string> progress)
{
    /// <param name="solution">The solution in state S2.</param>
    /// <param name="policy">What may be fixed.</param>
    /// <param name="first">What that policy leads to.</param>
    /// <param name="cancellationToken">Stops between documents and projects.</param>
    /// <returns>The result, and the policy that led to it: it names what was left out.</returns>
    /// <exception cref="InvalidOperationException">Not even the smallest set of fixes compiles.</exception>
    public async Task<(FixResult Result, EditPolicy Policy)> RunAsync(Solution solution, EditPolicy policy, FixResult first, CancellationToken cancellationToken)
    {
        var result = first;
        var errors = await times.MeasureAsync("verify", () => verifier.NewErrorsAsync(result.Texts, cancellationToken));

        // Leaving one cause out can bring another to light, so this repeats; each time at least one finding more is left out.
        while (!errors.IsEmpty)
        {
            var leftOut = await LeaveOutAsync(solution, policy, result, errors, cancellationToken);
            policy = policy with { LeftOut = policy.LeftOut.AddRange(leftOut) };
            result = await rounds.FixAsync(solution, policy, cancellationToken);
            errors = await times.MeasureAsync("verify", () => verifier.NewErrorsAsync(result.Texts, cancellationToken));
        }

        return (result, policy);
    }

    private async Task<Dictionary<FindingKey, string>> LeaveOutAsync(
        Solution solution, EditPolicy policy, FixResult result, ImmutableArray<CompilerError> errors, CancellationToken cancellationToken)
    {
        var applied = result.Findings.Where(f => policy.Objection(f) is null && !policy.LeftOut.ContainsKey(f.Key)).ToList();
        var all = applied.Select(f => f.Key).ToList();
        var nearest = Nearest(applied, result, errors);

        // Most errors stand where the fix stands that causes them; only when they do not is everything a suspect.
        IReadOnlyList<FindingKey> cause;
        if (nearest.Count > 0 && await SufficesAsync(nearest))
            cause = await SmallestCause.ThinAsync(nearest, SufficesAsync);
        else if (all.Count > 0 && await SufficesAsync(all))
            cause = await SmallestCause.FindAsync(all, SufficesAsync);
        else
            throw new InvalidOperationException($"The code does not compile with every fix left out either: {errors[0]}; nothing was written.");

        return cause.ToDictionary(key => key, key => (errors.FirstOrDefault(e => e.File == key.File) ?? errors[0]).ToString());

        async Task<bool> SufficesAsync(IReadOnlyList<FindingKey> without)
        {
            progress($"verify without {without.Count} of {all.Count} fixes");
            var trial = policy with { LeftOut = policy.LeftOut.AddRange(without.Select(key => KeyValuePair.Create(key, ""))) };
            var tried = await rounds.FixAsync(solution, trial, cancellationToken);
            return await times.MeasureAsync("verify", () => verifier.CompilesAsync(tried.Texts, cancellationToken));
        }
    }

    private List<FindingKey> Nearest(IReadOnlyCollection<TrackedFinding> applied, FixResult result, IEnumerable<CompilerError> errors)
    {
        var nearest = new List<FindingKey>();
        foreach (var file in errors.Where(e => result.Texts.ContainsKey(e.File)).GroupBy(e => e.File, StringComparer.Ordinal))
        {
            var map = new LineMap(loaded.Sources[file.Key].Text, result.Texts[file.Key]);
            var fixes = applied.Select(f => f.Key).Where(k => k.File == file.Key).ToList();
            nearest.AddRange(file.Select(error => map.Original(error.Line - 1).Line).Distinct().SelectMany(line => fixes
                .Where(k => k.Line == line)
                .DefaultIfEmpty(fixes.MinBy(k => Math.Abs(k.Line - line))!)));
        }

        return nearest.Where(k => k is not null).Distinct().ToList();
    }
}
