using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MigrationKit.Cli.Analysis;
using MigrationKit.Cli.Fixing;

namespace MigrationKit.Cli.Verification;

/// <summary>Fixes as much as compiles.</summary>
internal sealed class VerifiedFix(FixRounds rounds, Verifier verifier, Action<string> progress)
{
    /// <returns>The result, and the policy that led to it: it names what was left out.</returns>
    /// <exception cref="InvalidOperationException">Not even the smallest set of fixes compiles.</exception>
    public async Task<(FixResult Result, EditPolicy Policy)> RunAsync(Solution solution, EditPolicy policy, CancellationToken cancellationToken)
    {
        var result = await rounds.FixAsync(solution, policy, cancellationToken);
        var errors = await verifier.NewErrorsAsync(result.Texts, cancellationToken);

        // Leaving one cause out can bring another to light, so this repeats; each time at least one finding more is left out.
        while (!errors.IsEmpty)
        {
            var leftOut = await LeaveOutAsync(solution, policy, result, errors, cancellationToken);
            policy = policy with { LeftOut = policy.LeftOut.AddRange(leftOut) };
            result = await rounds.FixAsync(solution, policy, cancellationToken);
            errors = await verifier.NewErrorsAsync(result.Texts, cancellationToken);
        }

        return (result, policy);
    }

    private async Task<Dictionary<FindingKey, string>> LeaveOutAsync(
        Solution solution, EditPolicy policy, FixResult result, ImmutableArray<CompilerError> errors, CancellationToken cancellationToken)
    {
        var applied = result.Findings.Where(f => policy.Objection(f) is null && !policy.LeftOut.ContainsKey(f.Key)).ToList();
        var files = errors.Select(e => e.File).ToHashSet(StringComparer.Ordinal);
        var near = applied.Where(f => files.Contains(f.Key.File)).Select(f => f.Key).ToList();
        var all = applied.Select(f => f.Key).ToList();

        // Most breaks stem from a fix in the file that breaks; only when they do not is everything a suspect.
        var suspects = near.Count > 0 && await SufficesAsync(near) ? near : all;
        if (suspects.Count == 0 || (ReferenceEquals(suspects, all) && !await SufficesAsync(all)))
            throw new InvalidOperationException($"The code does not compile with every fix left out either: {errors[0]}; nothing was written.");

        var cause = await SmallestCause.FindAsync(suspects, SufficesAsync);
        return cause.ToDictionary(key => key, key => (errors.FirstOrDefault(e => e.File == key.File) ?? errors[0]).ToString());

        async Task<bool> SufficesAsync(IReadOnlyList<FindingKey> without)
        {
            progress($"verify without {without.Count} of {all.Count} fixes");
            var trial = policy with { LeftOut = policy.LeftOut.AddRange(without.Select(key => KeyValuePair.Create(key, ""))) };
            var tried = await rounds.FixAsync(solution, trial, cancellationToken);
            return (await verifier.NewErrorsAsync(tried.Texts, cancellationToken)).IsEmpty;
        }
    }
}
