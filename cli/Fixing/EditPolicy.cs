using System.Collections.Immutable;
using MigrationKit.Analyzers;
using MigrationKit.Cli.Analysis;

namespace MigrationKit.Cli.Fixing;

/// <summary>Which findings a run may fix.</summary>
/// <param name="SafeOnly">No fixes that a person should review.</param>
/// <param name="Closed">Files that must stay as they are, with the reason.</param>
/// <param name="LeftOut">Findings whose fixes do not compile, with the compiler's message.</param>
internal sealed record EditPolicy(bool SafeOnly, ImmutableDictionary<string, string> Closed, ImmutableDictionary<FindingKey, string> LeftOut)
{
    /// <summary>Findings whose fixes the user does not want.</summary>
    public ImmutableHashSet<FindingKey> Declined { get; init; } = [];

    /// <returns>Null when the finding may be fixed, else what it becomes and why.</returns>
    public (FindingStatus Status, string Reason)? Objection(TrackedFinding finding)
    {
        if (finding.Verdict is { } verdict)
            return verdict;
        if (finding.Seen.Safety == Facts.Manual)
            return (FindingStatus.Manual, finding.Seen.Reason ?? "this needs a decision that only a person can make");
        if (Closed.TryGetValue(finding.Seen.File, out var why))
            return (FindingStatus.Manual, why);
        if (Declined.Contains(finding.Key))
            return (FindingStatus.Skipped, "declined with --interactive");
        if (LeftOut.TryGetValue(finding.Key, out var message))
            return (FindingStatus.Unverified, message);
        if (SafeOnly && finding.Seen.Safety == Facts.Review)
            return (FindingStatus.Skipped, "--safe-only leaves it alone: " + (finding.Seen.Reason ?? "behaviour can differ"));
        return null;
    }
}
