using System.CommandLine;
using MigrationKit.Cli.Analysis;
using MigrationKit.Cli.Baselines;
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
        var prompt = options.Interactive ? new ChangePrompt(environment.Answers!, environment.Error, cancellationToken) : null;
        // A spinner would write over the questions.
        var progressLine = new ProgressLine(prompt is not null ? environment with { IsTerminal = false } : environment, options.Verbosity);
        var report = await progressLine.RunAsync(progress => new Migrator(engine, progress, prompt is null ? null : prompt.Ask).RunAsync(options.Migration, cancellationToken));
        if (options.NewBaseline is { } baseline)
        {
            ReportFile.Write("--baseline", baseline, FindingBaseline.Text(report.Findings, Path.GetDirectoryName(baseline)!));
            report = report with { Findings = [.. report.Findings.Select(f => f with { IsInBaseline = true })] };
        }

        if (options.Report is not null)
            ReportFile.Write("--report", options.Report, Render(report, options), report.RunId);
        else if (options.Format == ReportFormat.Text)
            new TextReport(environment.Results(), options.Verbosity, options.Timings).Write(report);
        else
            await environment.Out.WriteAsync(Render(report, options));
        if (report.Refusal is { } refusal)
            environment.Error.WriteLine($"error: without --dry-run nothing is written. {refusal}");
        return report.ExitCode;
    }

    private static string Render(MigrationReport report, ParsedOptions options)
    {
        switch (options.Format)
        {
            case ReportFormat.Json:
                return JsonReport.Of(report) + "\n";
            case ReportFormat.Sarif:
                return SarifReport.Of(report) + "\n";
            case ReportFormat.GitHub:
                return GitHubReport.Of(report);
            case ReportFormat.Html:
                return HtmlReport.Of(JsonReport.Of(report));
            default:
                using (var writer = new StringWriter())
                {
                    new TextReport(CommandEnvironment.Plain(writer), options.Verbosity, options.Timings).Write(report);
                    return writer.ToString();
                }
        }
    }
}
