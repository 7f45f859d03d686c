using MigrationKit.Cli.Loading;

namespace MigrationKit.Cli.Writing;

/// <summary>Undoes a committed run byte for byte.</summary>
internal sealed class Rollback(RunStore store, Action<WriteStep>? reached = null)
{
    /// <param name="run">The run's ID; null takes the newest that stands.</param>
    /// <param name="force">Restore files that were edited since, too; their present bytes are kept in the run's folder.</param>
    /// <returns>The run's ID and how many files were restored.</returns>
    /// <exception cref="MigrationException">There is no such run, or a file was edited since.</exception>
    public (string Id, int Files) Run(string? run, bool force)
    {
        using var held = store.Lock();
        var recovery = new Recovery(store, reached);
        recovery.Run();

        var id = Choose(run);
        var journal = store.Journal(id);
        var edited = journal.Files.Where(e => Now(e) != e.After).ToList();
        if (edited.Count > 0 && !force)
        {
            throw new MigrationException(
                ExitCode.WriteFailed,
                $"Run {id} is not rolled back, these files were edited since (--force restores them all the same): {string.Join(", ", edited.Select(e => e.Path))}");
        }

        if (journal.Files.FirstOrDefault(e => e.Backup is not null && (!File.Exists(store.Backup(id, e)) || Hash(store.Backup(id, e)) != e.Before)) is { } damaged)
            throw new MigrationException(ExitCode.WriteFailed, $"Run {id} is not rolled back: the backup of '{damaged.Path}' is missing or damaged.");

        try
        {
            KeepEdited(id, edited);
            store.Mark(id, RunState.RollingBack);
            reached?.Invoke(WriteStep.RollbackStarted);
            foreach (var entry in journal.Files.Where(e => Now(e) != e.Before))
                recovery.Restore(id, entry);
            store.Mark(id, RunState.RolledBack);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MigrationException(ExitCode.WriteFailed, $"Rolling back run {id} failed: {e.Message}. The next command goes on with it.", e);
        }

        return (id, journal.Files.Count);
    }

    private string Choose(string? run)
    {
        var ids = store.Ids();
        if (run is null)
        {
            return ids.LastOrDefault(id => store.State(id) == RunState.Committed)
                ?? throw new MigrationException(ExitCode.Usage, $"No run stands in '{store.Root}': there is nothing to roll back.");
        }

        if (!ids.Contains(run, StringComparer.Ordinal))
            throw new MigrationException(ExitCode.Usage, $"There is no run '{run}' in '{store.Root}'; 'migrationkit runs' lists them.");
        if (store.State(run) == RunState.RolledBack)
            throw new MigrationException(ExitCode.WriteFailed, $"Run {run} is rolled back already.");
        return run;
    }

    private void KeepEdited(string id, IEnumerable<JournalEntry> edited)
    {
        foreach (var (entry, index) in edited.Select((entry, index) => (entry, index)).Where(e => File.Exists(store.Full(e.entry))))
        {
            DurableFile.Write(Path.Combine(store.FolderOf(id), $"{index:D4}.edited"), File.ReadAllBytes(store.Full(entry)));
            // An interrupted forced rollback must not take the edit for something to keep.
            DurableFile.Delete(store.Full(entry));
        }
    }

    private string? Now(JournalEntry entry) => File.Exists(store.Full(entry)) ? Hash(store.Full(entry)) : null;

    private static string Hash(string file) => SourceFile.Hash(File.ReadAllBytes(file));
}
