using System.CommandLine;
using MigrationKit.Cli.Analysis;
using MigrationKit.Cli.Doctor;

namespace MigrationKit.Cli.Commands;

/// <summary><c>doctor</c>: the guides' checklists before and after a migration.</summary>
internal static class DoctorCommand
{
    public static Command Create(CommandEnvironment environment, RuleEngine engine)
    {
        var path = new Argument<string>("path") { Description = "A .sln, .slnx, .slnf or .csproj file, or a folder that holds one" };
        var after = new Option<bool>("--after") { Description = "The lists for after the migration" };
        var format = ChecklistFormat.Create();
        var noRestore = new Option<bool>("--no-restore") { Description = "Do not restore packages first" };
        var command = new Command("doctor", "Check what a migration needs, or with --after what it has achieved") { path, after, format, noRestore };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var options = Options(parsed.GetRequiredValue(path), fix: !parsed.GetValue(after), parsed.GetValue(noRestore), environment, engine);
            var checks = await new ProgressLine(environment, Verbosity.Normal).RunAsync(progress => parsed.GetValue(after)
                ? new PostMigration(engine, options, progress).RunAsync(cancellationToken)
                : new Checkup(engine, options, progress).RunAsync(cancellationToken));
            var list = new Checklist("doctor", checks);
            ChecklistFormat.Print(environment, list, parsed.GetRequiredValue(format));
            return (int)(list.Passed ? ExitCode.Success : ExitCode.FindingsLeft);
        });
        return command;
    }

    // The same reading of .migrationkit.json as the run that is examined, or the answer would be about another one.
    private static MigrationOptions Options(string path, bool fix, bool noRestore, CommandEnvironment environment, RuleEngine engine)
    {
        var command = new Command(fix ? "fix" : "check");
        var options = new AnalysisOptions(command, fix);
        string[] args = noRestore ? [path, "--no-restore"] : [path];
        return options.Read(command.Parse(args), environment, engine).Migration;
    }
}
