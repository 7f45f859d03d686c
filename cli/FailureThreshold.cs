namespace MigrationKit.Cli;

/// <summary>The lowest severity that makes <c>check</c> exit with 1.</summary>
internal enum FailureThreshold
{
    Info,
    Warning,
    Error,
    Never,
}
