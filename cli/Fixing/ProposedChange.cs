using System.Collections.Immutable;

namespace MigrationKit.Cli.Fixing;

/// <summary>One change that a person is asked about.</summary>
/// <param name="File">Path relative to the input folder.</param>
/// <param name="Diff">One hunk of a unified diff.</param>
/// <param name="Findings">What it fixes.</param>
/// <param name="Number">From 1.</param>
/// <param name="Total">How many there are.</param>
internal sealed record ProposedChange(string File, string Diff, ImmutableArray<TrackedFinding> Findings, int Number, int Total);
