namespace MigrationKit.Cli.Writing;

/// <summary>The steps of a run at which a crash leaves different traces; tests stop at each.</summary>
internal enum WriteStep
{
    BackupWritten,
    JournalWritten,
    TemporaryWritten,
    FileReplaced,
    BeforeCommit,
    Committed,
    RollbackStarted,
    FileRestored,
}
