using System.CommandLine;
using MigrationKit.Cli.Writing;

namespace MigrationKit.Cli.Commands;

/// <summary><c>rollback [path] [run] [--force]</c>.</summary>
internal static class RollbackCommand
{
    public static Command Create(CommandEnvironment environment)
    {
        var what = new Argument<string[]>("what")
        {
            Description = "A solution, project or folder (else the current one), and the run to undo as 'runs' lists it (else the newest); an --output folder is removed",
            Arity = new(0, 2),
        };
        var force = new Option<bool>("--force") { Description = "Also restore files that were edited since; their present content is kept in the run's folder" };
        var command = new Command("rollback", "Undo a run of 'fix' byte for byte, in the given or current folder or the nearest one above it that holds runs") { what, force };
        command.SetAction(parsed =>
        {
            var (folder, run) = Read(environment, parsed.GetValue(what) ?? []);
            if (run is null && RunStore.NearestOutput(folder) is { } output)
            {
                environment.Out.WriteLine($"removed the copy '{output}': {OutputFolder.Remove(output, parsed.GetValue(force))} files");
                return (int)ExitCode.Success;
            }

            var (id, files) = new Rollback(RunStore.Nearest(folder)).Run(run, parsed.GetValue(force));
            environment.Out.WriteLine($"rolled back run {id}: {files} files");
            return (int)ExitCode.Success;
        });
        return command;
    }

    // What exists is a path, anything else a run.
    private static (string Folder, string? Run) Read(CommandEnvironment environment, IReadOnlyList<string> words)
    {
        var paths = words.Where(w => Path.Exists(environment.Full(w))).ToList();
        var runs = words.Except(paths).ToList();
        if (paths.Count > 1 || runs.Count > 1)
            throw new MigrationException(ExitCode.Usage, $"'{string.Join("' and '", words)}' are not one existing path and one run; 'migrationkit runs' lists the runs.");
        if (runs.Count == 1 && runs[0].Any(c => c is '/' or '\\'))
            throw new MigrationException(ExitCode.Usage, $"'{environment.Full(runs[0])}' does not exist; name the solution, project or folder that was migrated.");
        var path = paths.Count == 0 ? environment.WorkingDirectory : environment.Full(paths[0]);
        return (File.Exists(path) ? Path.GetDirectoryName(path)! : path, runs.FirstOrDefault());
    }
}
