using System.CommandLine;
using System.Globalization;
using MigrationKit.Cli.Writing;
using MigrationKit.Cli.Reporting;
using Spectre.Console;

namespace MigrationKit.Cli.Commands;

/// <summary><c>runs</c>: what can be rolled back.</summary>
internal static class RunsCommand
{
    public static Command Create(CommandEnvironment environment)
    {
        var command = new Command("runs", "List the runs of 'fix' in this folder or the nearest one above it");
        command.SetAction(_ =>
        {
            var store = RunStore.Nearest(environment.WorkingDirectory);
            using (store.Lock())
            {
                foreach (var note in new Recovery(store).Run())
                    environment.Error.WriteLine(note);
            }

            var table = PlainTable.Create().AddColumns("Run", "Written", "Files", "State", "Input");
            foreach (var journal in store.Ids().Where(store.HasJournal).Select(store.Journal))
            {
                table.AddRow(
                    Markup.Escape(journal.Id), journal.CreatedUtc.ToString("u", CultureInfo.InvariantCulture), journal.Files.Count.ToString(CultureInfo.InvariantCulture),
                    store.State(journal.Id) == RunState.RolledBack ? "rolled back" : "written", Markup.Escape(journal.Input));
            }

            environment.Results().Write(table);
            return (int)ExitCode.Success;
        });
        return command;
    }
}
