using MigrationKit.Cli.Loading;

namespace MigrationKit.Cli.Writing;

/// <summary>Writes all changes of a run or none.</summary>
/// <param name="store">Where journal and backups go.</param>
/// <param name="reached">Told of each step; what it throws ends the run as if the process or the disk had failed there.</param>
internal sealed class RunWriter(RunStore store, Action<WriteStep>? reached = null)
{
    /// <param name="input">Full path of the solution or project.</param>
    /// <param name="changes">What is written.</param>
    /// <param name="report">The JSON report of the run, given its ID; kept beside the journal. Null keeps none.</param>
    /// <returns>The run's ID.</returns>
    /// <exception cref="MigrationException">The changes cannot be written; the tree is as before.</exception>
    public string Write(string input, IReadOnlyList<FileChange> changes, Func<string, string>? report = null)
    {
        Preflight.Check(store.Root, changes); // a run that cannot work leaves no trace at all
        using var held = store.Lock();
        new Recovery(store).Run();
        changes = Preflight.Check(store.Root, changes);

        var id = store.NewId();
        var kept = report?.Invoke(id); // before anything is written: what fails here leaves no trace
        var entries = changes.Select((change, index) => Entry(id, change, index)).ToList();
        try
        {
            Prepare(id, input, changes, entries);
            if (kept is not null)
                store.WriteReport(id, kept);
            foreach (var (change, entry) in changes.Zip(entries))
            {
                if (Recovery.Hash(change.Path) != entry.Before)
                    throw new IOException($"'{change.Path}' was edited while the run was writing");
                DurableFile.Replace(store.Temporary(entry), change.Path);
                reached?.Invoke(WriteStep.FileReplaced);
            }

            reached?.Invoke(WriteStep.BeforeCommit);
            store.Mark(id, RunState.Committed);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Undone(id, e);
        }

        reached?.Invoke(WriteStep.Committed);
        return id;
    }

    private MigrationException Undone(string id, Exception cause)
    {
        try
        {
            if (Directory.Exists(store.FolderOf(id)))
                new Recovery(store).Undo(id);
            return new(ExitCode.WriteFailed, $"Writing failed, everything is as before: {cause.Message}", cause);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(
                ExitCode.WriteFailed,
                $"Writing failed: {cause.Message} Putting the old files back failed too: {e.Message} The next command goes on with it; the old files are in '{store.FolderOf(id)}'.", e);
        }
    }

    private void Prepare(string id, string input, IReadOnlyList<FileChange> changes, List<JournalEntry> entries)
    {
        DurableFile.CreateFolder(store.FolderOf(id));
        foreach (var (change, entry) in changes.Zip(entries).Where(c => c.First.Before is not null))
        {
            DurableFile.Write(store.Backup(id, entry), change.Before);
            DurableFile.CopyMode(change.Path, store.Backup(id, entry));
            reached?.Invoke(WriteStep.BackupWritten);
        }

        store.WriteJournal(new(1, id, $"migrationkit {Tool.Version}", DateTime.UtcNow, Path.GetRelativePath(store.Root, RealPath.Of(Path.GetFullPath(input))), entries));
        reached?.Invoke(WriteStep.JournalWritten);
        foreach (var (change, entry) in changes.Zip(entries))
        {
            DurableFile.Write(store.Temporary(entry), change.After);
            if (change.Before is not null)
                DurableFile.CopyMode(change.Path, store.Temporary(entry));
            reached?.Invoke(WriteStep.TemporaryWritten);
        }

        store.PrepareMark(id, RunState.Committed);
    }

    private JournalEntry Entry(string id, FileChange change, int index)
    {
        var relative = Path.GetRelativePath(store.Root, change.Path);
        return new(
            relative.Replace('\\', '/'),
            change.Before is null ? null : SourceFile.Hash(change.Before),
            SourceFile.Hash(change.After),
            change.Before is null ? null : $"{index:D4}.bak",
            // Not made of the file's own name, which may already be as long as names can be.
            Path.Combine(Path.GetDirectoryName(relative)!, $".{id}.{index:D4}.tmp").Replace('\\', '/'),
            $"{index:D4}.edited");
    }
}
