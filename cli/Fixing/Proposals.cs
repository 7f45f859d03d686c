using System.Collections.Immutable;
using MigrationKit.Cli.Loading;
using MigrationKit.Cli.Reporting;

namespace MigrationKit.Cli.Fixing;

/// <summary>Puts the fixes of a run to a person, one hunk of the diff after the other.</summary>
internal static class Proposals
{
    /// <returns>The findings that shall not be fixed.</returns>
    public static ImmutableHashSet<FindingKey> Declined(InputPath input, LoadedSolution loaded, FixResult result, Func<ProposedChange, Answer> ask)
    {
        var changes = result.Texts.OrderBy(t => t.Key, StringComparer.Ordinal).SelectMany(t => Hunks(t.Key, t.Value)).ToList();
        var declined = ImmutableHashSet.CreateBuilder<FindingKey>();
        var answer = Answer.No;
        foreach (var ((file, diff, findings), index) in changes.Select((c, i) => (c, i)))
        {
            if (answer is not (Answer.All or Answer.Quit))
                answer = ask(new(input.Relative(file), diff, findings, index + 1, changes.Count));
            if (answer is Answer.No or Answer.Quit)
                declined.UnionWith(findings.Select(f => f.Key));
        }

        return declined.ToImmutable();

        // A hunk without a finding follows from fixes elsewhere, such as a using directive: it comes and goes with them.
        IEnumerable<(string File, string Diff, ImmutableArray<TrackedFinding> Findings)> Hunks(string file, string text)
        {
            var hunks = UnifiedDiff.Hunks(loaded.Sources[file].Text, text);
            return result.Findings.Where(f => f.Key.File == file && !f.IsAlive)
                .GroupBy(f => hunks.MinBy(h => h.Distance(f.Key.Line))!)
                .OrderBy(g => g.Key.Edits[0].Line)
                .Select(g => (file, g.Key.Text, g.ToImmutableArray()));
        }
    }
}
