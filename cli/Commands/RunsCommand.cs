using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using MigrationKit.Cli.Writing;
using MigrationKit.Cli.Reporting;
using Spectre.Console;

namespace MigrationKit.Cli.Commands;

/// <summary><c>runs</c>: what can be rolled back.</summary>
internal static class RunsCommand
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n" };

    public static Command Create(CommandEnvironment environment)
    {
        var format = new Option<string>("--format") { Description = "text (default), or json with the changed files of each run" };
        var command = new Command("runs", "List the runs of 'fix' in this folder or the nearest one above it") { format };
        command.SetAction(parsed =>
        {
            var wanted = parsed.GetValue(format) ?? "text";
            if (wanted is not ("text" or "json"))
                throw new MigrationException(ExitCode.Usage, $"--format: '{wanted}' is not one of text, json.");
            var store = RunStore.Nearest(environment.WorkingDirectory);
            using (store.Lock())
            {
                foreach (var note in new Recovery(store).Run())
                    environment.Error.WriteLine(note);
            }

            var runs = store.Ids().Where(store.HasJournal).Select(id => (Journal: store.Journal(id), State: State(store, id), Compiles: Compiles(store, id))).ToList();
            if (wanted == "json")
            {
                environment.Out.WriteLine(JsonSerializer.Serialize(runs.Select(r => new
                {
                    run = r.Journal.Id, writtenUtc = r.Journal.CreatedUtc, state = r.State, input = r.Journal.Input, compiles = r.Compiles, files = r.Journal.Files.Select(f => f.Path),
                }), Indented));
                return (int)ExitCode.Success;
            }

            var table = PlainTable.Create().AddColumns("Run", "Written", "Files", "Compiles", "State", "Input");
            foreach (var (journal, state, compiles) in runs)
            {
                table.AddRow(
                    Markup.Escape(journal.Id), journal.CreatedUtc.ToString("u", CultureInfo.InvariantCulture), journal.Files.Count.ToString(CultureInfo.InvariantCulture),
                    compiles ?? "-", state, Markup.Escape(journal.Input));
            }

            environment.Results().Write(table);
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static string State(RunStore store, string id) => store.State(id) == RunState.RolledBack ? "rolled back" : "written";

    // Null when nothing was compiled, and for runs of older versions, which kept no report.
    private static string? Compiles(RunStore store, string id)
    {
        if (store.Report(id) is not { } report)
            return null;
        using var json = JsonDocument.Parse(report);
        return json.RootElement.GetProperty("compiles").GetString();
    }
}
