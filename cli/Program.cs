using System.CommandLine;
using MigrationKit.Cli.Analysis;
using MigrationKit.Cli.Commands;

namespace MigrationKit.Cli;

/// <summary>The entry point: the only place that turns exceptions into messages and exit codes.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args) => (int)await RunAsync(args, CommandEnvironment.Process, RuleEngine.Default);

    /// <summary>Runs one command line.</summary>
    /// <param name="args">Without the program's name.</param>
    /// <param name="environment">Where it reads and writes.</param>
    /// <param name="engine">The rules.</param>
    public static async Task<ExitCode> RunAsync(IReadOnlyList<string> args, CommandEnvironment environment, RuleEngine engine)
    {
        var root = new RootCommand("Moves C# code from V1 to V2 of VoiceForge and Pocket TTS.")
        {
            AnalysisCommand.Create("check", "Report what is deprecated; write nothing", fix: false, environment, engine),
            AnalysisCommand.Create("fix", "Migrate a solution or project", fix: true, environment, engine),
            RollbackCommand.Create(environment),
            RunsCommand.Create(environment),
            ReportCommand.Create(environment),
            RulesCommand.Create(environment, engine),
        };
        try
        {
            var parsed = root.Parse(args);
            if (parsed.Errors.Count > 0)
                throw new MigrationException(ExitCode.Usage, $"{string.Join(" ", parsed.Errors.Select(e => e.Message))} 'migrationkit --help' lists what exists.");
            return (ExitCode)await parsed.InvokeAsync(new() { Output = environment.Out, Error = environment.Error, EnableDefaultExceptionHandler = false });
        }
        catch (MigrationException e)
        {
            return Fail(e.ExitCode, e.Message);
        }
        catch (OperationCanceledException)
        {
            return Fail(ExitCode.Cancelled, "cancelled; nothing was written.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail(ExitCode.Usage, $"{e.Message} Nothing was written.");
        }
        catch (Exception e) // a fault of the tool: say so, with what a bug report needs
        {
            return Fail(ExitCode.InternalError, $"internal error, please report it: {e}");
        }

        ExitCode Fail(ExitCode code, string message)
        {
            environment.Error.WriteLine($"error: {message}");
            return code;
        }
    }
}
