using Microsoft.CodeAnalysis;
using MigrationKit.Analyzers;

namespace MigrationKit.Cli.Analysis;

/// <summary>One reported place.</summary>
/// <param name="Rule">The rule's ID.</param>
/// <param name="Severity">After <c>--target</c> and the user's <c>.editorconfig</c>.</param>
/// <param name="Safety">One of <see cref="Facts.Safe"/>, <see cref="Facts.Review"/>, <see cref="Facts.Manual"/>.</param>
/// <param name="File">Full path.</param>
/// <param name="Line">Line in the file as it was before the run, from 1.</param>
/// <param name="Column">Column in the file as it was before the run, from 1.</param>
/// <param name="Message">One sentence.</param>
/// <param name="Status">What became of it.</param>
/// <param name="Reason">Why it is to be reviewed or was not fixed.</param>
internal sealed record Finding(
    string Rule, DiagnosticSeverity Severity, string Safety, string File, int Line, int Column, string Message, FindingStatus Status, string? Reason)
{
    /// <summary>The line it stands in before the run, blanks collapsed: what it is recognised by after lines have moved.</summary>
    public string SiteText { get; init; } = "";

    /// <summary>How many findings of the same rule with the same <see cref="SiteText"/> stand before it in the file.</summary>
    public int Occurrence { get; init; }

    /// <summary>Whether <c>--baseline</c> accepts it: it is reported, but fails nothing.</summary>
    public bool IsInBaseline { get; init; }

    public bool CountsAsReview => Status == FindingStatus.Fixed && Safety == Facts.Review;
}
