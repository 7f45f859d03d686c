namespace MigrationKit.Cli.Writing;

/// <summary>Undoes a committed run byte for byte.</summary>
internal sealed class Rollback(RunStore store, Action<WriteStep>? reached = null)
{
    /// <param name="run">The run's ID; null takes the newest that stands.</param>
    /// <param name="force">Restore files that were edited since, too; their present bytes are kept in the run's folder.</param>
    /// <returns>The run's ID and how many files it had written.</returns>
    /// <exception cref="MigrationException">There is no such run, or a file was edited since.</exception>
    public (string Id, int Files) Run(string? run, bool force)
    {
        using var held = store.Lock();
        var recovery = new Recovery(store, reached);
        recovery.Run();

        var id = Choose(run);
        var journal = store.Journal(id);
        // What someone has put back by hand is as it should be.
        var open = journal.Files.Select(entry => (Entry: entry, Now: Recovery.Hash(store.Full(entry)))).Where(f => f.Now != f.Entry.Before).ToList();
        var edited = open.Where(f => f.Now != f.Entry.After).Select(f => f.Entry).ToList();
        if (edited.Count > 0 && !force)
        {
            throw new MigrationException(
                ExitCode.WriteFailed,
                $"Run {id} is not rolled back, these files were edited since (--force restores them all the same): {string.Join(", ", edited.Select(e => e.Path))}");
        }

        foreach (var (entry, _) in open)
        {
            if (Obstacle(id, entry) is { } obstacle)
                throw new MigrationException(ExitCode.WriteFailed, $"Run {id} is not rolled back: {obstacle}.");
        }

        try
        {
            foreach (var entry in edited.Where(e => File.Exists(store.Full(e))))
                DurableFile.WriteWhole(store.SavedEdit(id, entry), File.ReadAllBytes(store.Full(entry)));
            store.PrepareMark(id, RunState.RolledBack);
            store.Mark(id, RunState.RollingBack);
            reached?.Invoke(WriteStep.RollbackStarted);
            foreach (var (entry, _) in open)
                recovery.Restore(id, entry);
            store.Mark(id, RunState.RolledBack);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var state = store.State(id) == RunState.Committed ? "nothing was changed" : "the next command goes on with it";
            throw new MigrationException(ExitCode.WriteFailed, $"Rolling back run {id} failed, {state}: {e.Message}", e);
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

    private string? Obstacle(string id, JournalEntry entry)
    {
        if (entry.Backup is not null && Recovery.Hash(store.Backup(id, entry)) != entry.Before)
            return $"the backup of '{entry.Path}' is missing or damaged";
        var folder = Path.GetDirectoryName(store.Full(entry))!;
        while (!Directory.Exists(folder))
            folder = Path.GetDirectoryName(folder)!;
        return DurableFile.CanWriteIn(folder) ? null : $"'{folder}', where '{entry.Path}' belongs, is read-only";
    }
}
