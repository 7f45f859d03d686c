using System.CommandLine;
using MigrationKit.Cli.Reporting;
using MigrationKit.Cli.Writing;

namespace MigrationKit.Cli.Commands;

/// <summary><c>report &lt;run&gt;</c>: what a run did, from what it kept beside its journal.</summary>
internal static class ReportCommand
{
    private static readonly string[] Formats = ["html", "json"];

    public static Command Create(CommandEnvironment environment)
    {
        var run = new Argument<string>("run") { Description = "The run, as 'runs' lists it" };
        var format = new Option<string>("--format") { Description = "html (default) or json" };
        var file = new Option<string>("--report") { Description = "Write the page to this file instead of standard output" };
        var command = new Command("report", "The HTML page of a run; called in the folder of the solution, or below it") { run, format, file };
        command.SetAction(parsed =>
        {
            var wanted = parsed.GetValue(format) ?? "html";
            if (!Formats.Contains(wanted, StringComparer.Ordinal))
                throw new MigrationException(ExitCode.Usage, $"--format: '{wanted}' is not one of {string.Join(", ", Formats)}.");
            var path = parsed.GetValue(file) is { } named ? environment.Full(named) : null;
            if (path is not null)
                ReportFile.Check("--report", path);

            var json = Read(RunStore.Nearest(environment.WorkingDirectory), parsed.GetRequiredValue(run));
            var text = wanted == "json" ? json + "\n" : HtmlReport.Of(json);
            if (path is null)
                environment.Out.Write(text);
            else
                ReportFile.Write("--report", path, text);
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static string Read(RunStore store, string id)
    {
        if (!store.Ids().Contains(id, StringComparer.Ordinal))
            throw new MigrationException(ExitCode.Usage, $"There is no run '{id}' in '{store.Root}'; 'migrationkit runs' lists them.");
        return store.Report(id) ?? throw new MigrationException(ExitCode.Usage, $"Run '{id}' kept no report: it was written by an older migrationkit, or killed while it was written.");
    }
}
