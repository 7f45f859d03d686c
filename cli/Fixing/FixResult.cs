using System.Collections.Immutable;

namespace MigrationKit.Cli.Fixing;

/// <summary>What the rounds of fixes came to.</summary>
/// <param name="Findings">Every finding that any round reported.</param>
/// <param name="Texts">The new text of each changed file by full path.</param>
internal sealed record FixResult(ImmutableArray<TrackedFinding> Findings, ImmutableDictionary<string, string> Texts);
