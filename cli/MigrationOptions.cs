using System.Collections.Immutable;
using MigrationKit.Cli.Analysis;
using MigrationKit.Cli.Baselines;

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

    /// <summary>Full paths that findings are reported in; null reports in all.</summary>
    public ImmutableHashSet<string>? ChangedFiles { get; init; }

    /// <summary>Findings that fail nothing; null for none.</summary>
    public FindingBaseline? Baseline { get; init; }

    public string Target { get; init; } = "1.0";

    public bool SafeOnly { get; init; }

    public bool NoVerify { get; init; }

    public bool NoPackages { get; init; }

    public bool NoRestore { get; init; }

    /// <summary>Neither reads nor keeps what an earlier run learnt from MSBuild.</summary>
    public bool NoCache { get; init; }

    /// <summary>Loads and analyses every project and file, whether or not its text can hold a finding.</summary>
    public bool NoPrefilter { get; init; }

    public bool AllowDirty { get; init; }

    public FailureThreshold FailOn { get; init; } = FailureThreshold.Warning;

    /// <summary>MSBuild properties of <c>-p:Name=Value</c>.</summary>
    public ImmutableDictionary<string, string> Properties { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Full path of a binary log to read compiler command lines from instead of running MSBuild; null runs it.</summary>
    public string? BinaryLog { get; init; }

    /// <summary>The one target framework to look at, for example <c>net10.0</c>; null looks at all.</summary>
    public string? Framework { get; init; }

    /// <summary>Library name to the full path of the project that replaces a reference to its V1.</summary>
    public ImmutableDictionary<string, string> References { get; init; } = ImmutableDictionary<string, string>.Empty;
}
