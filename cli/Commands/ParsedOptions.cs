namespace MigrationKit.Cli.Commands;

/// <summary>What to do, and how to say what was done.</summary>
/// <param name="Migration">The run.</param>
/// <param name="Format"><c>text</c> or <c>json</c>.</param>
/// <param name="Report">Full path of the report file; null writes to standard output.</param>
/// <param name="Verbosity">Of the text form.</param>
/// <param name="Timings">Whether the text form ends with what each stage cost.</param>
internal sealed record ParsedOptions(MigrationOptions Migration, string Format, string? Report, Verbosity Verbosity, bool Timings);
