using System.CommandLine;
using MigrationKit.Cli.Analysis;
using MigrationKit.Cli.Commands;

namespace MigrationKit.Cli;

/// <summary>The entry point: the only place that turns exceptions into messages and exit codes.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        using var interruption = new Interruption(Console.Error);
        return (int)await RunAsync(args, CommandEnvironment.Process, RuleEngine.Default, interruption.Token);
    }

    /// <summary>Runs one command line.</summary>
    /// <param name="args">Without the program's name.</param>
    /// <param name="environment">Where it reads and writes.</param>
    /// <param name="engine">The rules.</param>
    /// <param name="cancellationToken">Ends the run as long as it has not begun to write.</param>
    public static async Task<ExitCode> RunAsync(IReadOnlyList<string> args, CommandEnvironment environment, RuleEngine engine, CancellationToken cancellationToken = default)
    {
        var root = new RootCommand("Moves C# code from V1 to V2 of VoiceForge and Pocket TTS.")
        {
            AnalysisCommand.Create("check", "Report what is deprecated; write nothing", fix: false, environment, engine),
            AnalysisCommand.Create("fix", "Migrate a solution or project", fix: true, environment, engine),
            RollbackCommand.Create(environment),
            RunsCommand.Create(environment),
            ReportCommand.Create(environment),
            DoctorCommand.Create(environment, engine),
            RulesCommand.Create(environment, engine),
            ConfigCommand.Create(environment),
            DiagnoseCommand.Create(environment),
        };
        try
        {
            var parsed = root.Parse(args);
            if (parsed.Errors.Count > 0)
                throw new MigrationException(ExitCode.Usage, $"{string.Join(" ", parsed.Errors.Select(e => e.Message))} 'migrationkit --help' lists what exists.");
            var invocation = new InvocationConfiguration
            {
                Output = environment.Out, Error = environment.Error, EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null, // its own handling ends the process after a while, also while files are being replaced
            };
            return (ExitCode)await parsed.InvokeAsync(invocation, cancellationToken);
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
            return Fail(ExitCode.Usage, $"{e.Message} No file was edited, unless 'migrationkit runs' lists a new run.");
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
