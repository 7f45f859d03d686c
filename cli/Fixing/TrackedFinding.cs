using Microsoft.CodeAnalysis;
using MigrationKit.Cli.Analysis;

namespace MigrationKit.Cli.Fixing;

/// <summary>A finding followed through the rounds of a run.</summary>
internal sealed class TrackedFinding(FindingKey key, Sighting seen)
{
    public FindingKey Key { get; } = key;

    /// <summary>As last seen: in the current text while it is alive, in the text before its fix afterwards.</summary>
    public Sighting Seen { get; set; } = seen;

    /// <summary>Whether the latest analysis still reports it.</summary>
    public bool IsAlive { get; set; } = true;

    /// <summary>Set when the run found that this place must be left alone.</summary>
    public (FindingStatus Status, string Reason)? Verdict { get; set; }

    public DiagnosticSeverity Severity => Seen.Diagnostic.Severity;
}
