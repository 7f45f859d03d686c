using System.CommandLine;
using MigrationKit.Cli.Analysis;
using MigrationKit.Cli.Reporting;

namespace MigrationKit.Cli.Commands;

/// <summary><c>check</c> and <c>fix</c>: the same run, with and without the fixes.</summary>
internal static class AnalysisCommand
{
    public static Command Create(string name, string description, bool fix, CommandEnvironment environment, RuleEngine engine)
    {
        var command = new Command(name, description);
        var options = new AnalysisOptions(command, fix);
        command.SetAction(async (parsed, cancellationToken) => (int)await RunAsync(options.Read(parsed, environment, engine), environment, engine, cancellationToken));
        return command;
    }

    private static async Task<ExitCode> RunAsync(ParsedOptions options, CommandEnvironment environment, RuleEngine engine, CancellationToken cancellationToken)
    {
        var report = await new ProgressLine(environment, options.Verbosity).RunAsync(
            progress => new Migrator(engine, progress).RunAsync(options.Migration, cancellationToken));
        if (options.Report is not null)
            ReportFile.Write(options.Report, options.Format == "json" ? JsonReport.Of(report) + "\n" : Text(report, options));
        else if (options.Format == "json")
            await environment.Out.WriteLineAsync(JsonReport.Of(report));
        else
            new TextReport(environment.Results(), options.Verbosity, options.Timings).Write(report);
        return report.ExitCode;
    }

    private static string Text(MigrationReport report, ParsedOptions options)
    {
        using var writer = new StringWriter();
        new TextReport(CommandEnvironment.Plain(writer), options.Verbosity, options.Timings).Write(report);
        return writer.ToString();
    }
}
