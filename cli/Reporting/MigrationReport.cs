using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using MigrationKit.Cli.Analysis;
using MigrationKit.Cli.Loading;
using MigrationKit.Cli.Verification;
using MigrationKit.Cli.Writing;

namespace MigrationKit.Cli.Reporting;

/// <summary>Everything a run has to say; the forms of it only print it.</summary>
internal sealed record MigrationReport
{
    public required InputPath Input { get; init; }

    public required MigrationOptions Options { get; init; }

    public required ImmutableArray<Finding> Findings { get; init; }

    /// <summary>How many C# files the scan read.</summary>
    public required int Files { get; init; }

    /// <summary>How many projects the input has.</summary>
    public required int Projects { get; init; }

    public ImmutableArray<UnanalysedFile> NotAnalysable { get; init; } = [];

    public ImmutableArray<FileChange> Changes { get; init; } = [];

    /// <summary>What each rule is about; those without a finding are among them.</summary>
    public ImmutableArray<RuleDescription> Rules { get; init; } = [];

    /// <summary>The project file of each source file, by full path; the first in the order of paths where several compile it.</summary>
    public ImmutableDictionary<string, string> ProjectOf { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Null when nothing was compiled: for <c>check</c>, without changes, or with <c>--no-verify</c>.</summary>
    public VerificationResult? Verification { get; init; }

    /// <summary>Why V2's packages cannot be restored from the user's sources; null when they can, or when nobody asked. One of the <see cref="Notes"/>.</summary>
    public string? PackageProblem { get; init; }

    public ImmutableArray<string> Notes { get; init; } = [];

    public ImmutableArray<string> NextSteps { get; init; } = [];

    /// <summary>The ID under which <c>rollback</c> finds the run; null when nothing was written in place.</summary>
    public string? RunId { get; init; }

    public required IReadOnlyDictionary<string, StageCost> Timings { get; init; }

    /// <summary>For a dry run: why the same run without <c>--dry-run</c> would refuse to write; null when it would not.</summary>
    public string? Refusal { get; init; }

    /// <summary>Whether the result compiles; null when nothing was compiled.</summary>
    public bool? Compiles => Verification is { } verified ? verified.ErrorsWithV1 == 0 : null;

    public int Count(FindingStatus status) => Findings.Count(f => f.Status == status);

    /// <summary>Findings that no fix was meant for in this run; those of a <c>check</c> that have one count here.</summary>
    public int Skipped => Count(FindingStatus.Skipped) + Count(FindingStatus.Open);

    public ExitCode ExitCode
    {
        get
        {
            var failing = Findings.Where(f => !f.IsInBaseline).ToList();
            if (!Options.Fix)
                return failing.Any(f => IsAtLeast(f.Severity)) ? ExitCode.FindingsLeft : ExitCode.Success;
            if (Refusal is not null)
                return ExitCode.Usage;
            if (failing.Any(f => f.Status == FindingStatus.Unverified))
                return ExitCode.VerificationFailed;
            return failing.Any(f => f.Status != FindingStatus.Fixed) ? ExitCode.FindingsLeft : ExitCode.Success;
        }
    }

    private bool IsAtLeast(DiagnosticSeverity severity) => Options.FailOn switch
    {
        FailureThreshold.Never => false,
        FailureThreshold.Error => severity == DiagnosticSeverity.Error,
        FailureThreshold.Warning => severity >= DiagnosticSeverity.Warning,
        _ => severity >= DiagnosticSeverity.Info,
    };
}
