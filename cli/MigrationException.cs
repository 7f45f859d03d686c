namespace MigrationKit.Cli;

/// <summary>An expected failure: the message is for the user, the code for the process.</summary>
internal sealed class MigrationException(ExitCode exitCode, string message, Exception? inner = null) : Exception(message, inner)
{
    public ExitCode ExitCode { get; } = exitCode;
}
