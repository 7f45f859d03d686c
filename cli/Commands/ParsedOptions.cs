using MigrationKit.Cli.Reporting;

namespace MigrationKit.Cli.Commands;

/// <summary>What to do, and how to say what was done.</summary>
/// <param name="Migration">The run.</param>
/// <param name="Format">One of <see cref="ReportFormat"/>.</param>
/// <param name="Report">Full path of the report file; null writes to standard output.</param>
/// <param name="Verbosity">Of the text form.</param>
/// <param name="Timings">Whether the text form ends with what each stage cost.</param>
/// <param name="Interactive">Ask before each change.</param>
/// <param name="NewBaseline">Full path of the baseline to write; null for none.</param>
internal sealed record ParsedOptions(
    MigrationOptions Migration, ReportFormat Format, string? Report, Verbosity Verbosity, bool Timings, bool Interactive, string? NewBaseline);
