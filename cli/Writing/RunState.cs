namespace MigrationKit.Cli.Writing;

/// <summary>How far a run came; each state but the first is a marker file in the run's folder.</summary>
internal enum RunState
{
    /// <summary>Being written, or killed while it was.</summary>
    Writing,

    Committed,

    /// <summary>Being rolled back, or killed while it was.</summary>
    RollingBack,

    RolledBack,
}
