using System.CommandLine;
using MigrationKit.Cli.Writing;

namespace MigrationKit.Cli.Commands;

/// <summary><c>rollback [run] [--force]</c>.</summary>
internal static class RollbackCommand
{
    public static Command Create(CommandEnvironment environment)
    {
        var run = new Argument<string?>("run") { Description = "The run to undo, as 'runs' lists it; the newest without it", Arity = ArgumentArity.ZeroOrOne };
        var force = new Option<bool>("--force") { Description = "Also restore files that were edited since; their present content is kept in the run's folder" };
        var command = new Command("rollback", "Undo a run of 'fix' byte for byte; called in the folder of the solution, or below it") { run, force };
        command.SetAction(parsed =>
        {
            var (id, files) = new Rollback(RunStore.Nearest(environment.WorkingDirectory)).Run(parsed.GetValue(run), parsed.GetValue(force));
            environment.Out.WriteLine($"rolled back run {id}: {files} files");
            return (int)ExitCode.Success;
        });
        return command;
    }
}
