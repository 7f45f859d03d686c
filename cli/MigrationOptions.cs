using System.Collections.Immutable;
using MigrationKit.Cli.Analysis;

namespace MigrationKit.Cli;

/// <summary>Everything a <c>check</c> or <c>fix</c> needs to know; the command line and <c>.migrationkit.json</c> are merged already.</summary>
internal sealed record MigrationOptions
{
    /// <summary>The full path the user named: a solution, a project, or a folder.</summary>
    public required string Path { get; init; }

    /// <summary>False for <c>check</c>: findings are reported, nothing is computed or written.</summary>
    public required bool Fix { get; init; }

    public bool DryRun { get; init; }

    /// <summary>Full path of the folder that receives the migrated copy; null migrates in place.</summary>
    public string? Output { get; init; }

    public RuleFilter Rules { get; init; } = RuleFilter.All;

    public FileFilter Files { get; init; } = FileFilter.All;

    public string Target { get; init; } = "1.0";

    public bool SafeOnly { get; init; }

    public bool NoVerify { get; init; }

    public bool NoPackages { get; init; }

    public bool NoRestore { get; init; }

    public bool AllowDirty { get; init; }

    /// <summary>The symbol under which the old code is kept; null keeps none.</summary>
    public string? KeepV1 { get; init; }

    /// <summary>The symbol whose code is deleted; the run does nothing else.</summary>
    public string? RemoveV1 { get; init; }

    /// <summary>Whether entry points of V2 take the names of V1's; the run does nothing else.</summary>
    public bool SwitchDefault { get; init; }

    public FailureThreshold FailOn { get; init; } = FailureThreshold.Warning;

    /// <summary>MSBuild properties of <c>-p:Name=Value</c>.</summary>
    public ImmutableDictionary<string, string> Properties { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Library name to the full path of the project that replaces a reference to its V1.</summary>
    public ImmutableDictionary<string, string> References { get; init; } = ImmutableDictionary<string, string>.Empty;
}
