using Spectre.Console;

namespace MigrationKit.Cli.Commands;

/// <summary>Says on stderr what a run is at: a spinner for a person, lines for a log on request, nothing otherwise.</summary>
internal sealed class ProgressLine(CommandEnvironment environment, Verbosity verbosity)
{
    private int _count;

    /// <summary>Runs something that reports what it is at.</summary>
    public async Task<T> RunAsync<T>(Func<Action<string>, Task<T>> run)
    {
        if (verbosity == Verbosity.Quiet)
            return await run(_ => { });
        if (verbosity == Verbosity.Detailed || !environment.IsTerminal)
            return await run(verbosity == Verbosity.Detailed ? environment.Error.WriteLine : _ => { });

        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(environment.Error) });
        return await console.Status().StartAsync(
            "starting", context => run(text => context.Status($"{Interlocked.Increment(ref _count)}: {Markup.Escape(text)}")));
    }
}
