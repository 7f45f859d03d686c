using MigrationKit.Cli.Loading;

namespace MigrationKit.Cli.Writing;

/// <summary>Brings runs that were killed to an end: half-written ones are undone, half-undone ones are undone wholly.</summary>
/// <param name="store">The caller holds its lock.</param>
/// <param name="reached">Told of each file that is restored.</param>
internal sealed class Recovery(RunStore store, Action<WriteStep>? reached = null)
{
    /// <returns>One sentence for each run that was brought to an end.</returns>
    /// <exception cref="MigrationException">The disk does not let it.</exception>
    public IReadOnlyList<string> Run()
    {
        var notes = new List<string>();
        foreach (var id in store.Ids().Where(store.IsUnfinished))
        {
            try
            {
                var kept = Undo(id);
                notes.Add($"run {id} had been interrupted and was undone"
                    + (kept.Count > 0 ? $"; edited since, so left as they are: {string.Join(", ", kept)} (old content: '{store.FolderOf(id)}')" : ""));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new MigrationException(
                    ExitCode.WriteFailed, $"Run {id} had been interrupted and cannot be undone: {e.Message} Remove the cause and repeat the command; the old files are in '{store.FolderOf(id)}'.", e);
            }
        }

        return notes;
    }

    /// <summary>Puts the old bytes back wherever the run's own bytes stand.</summary>
    /// <returns>Files that hold neither: they are left alone.</returns>
    public IReadOnlyList<string> Undo(string id)
    {
        // Without a journal nothing but backups was written.
        if (!store.HasJournal(id))
        {
            store.Forget(id);
            return [];
        }

        var kept = new List<string>();
        var isRollback = store.State(id) == RunState.RollingBack;
        foreach (var entry in store.Journal(id).Files)
        {
            if (File.Exists(store.Temporary(entry)))
                DurableFile.Delete(store.Temporary(entry));
            var now = Hash(store.Full(entry));
            if (now == entry.Before)
                continue;
            // What a forced rollback has kept a copy of is no edit to protect any more.
            if (now == entry.After || (isRollback && (now is null || now == Hash(store.SavedEdit(id, entry)))))
                Restore(id, entry);
            else
                kept.Add(entry.Path);
        }

        if (isRollback || kept.Count > 0)
            store.Mark(id, RunState.RolledBack);
        else
            store.Forget(id); // it left no trace in the tree, and none here is of use
        return kept;
    }

    /// <summary>Puts the old bytes of one file back, whatever stands there.</summary>
    /// <exception cref="IOException">The disk does not let it, or the backup is damaged.</exception>
    public void Restore(string id, JournalEntry entry)
    {
        var file = store.Full(entry);
        if (entry.Backup is null)
            DurableFile.Delete(file);
        else
            RestoreFrom(store.Backup(id, entry), entry, file);
        reached?.Invoke(WriteStep.FileRestored);
    }

    /// <returns>The SHA-256 of a file; null when there is none.</returns>
    public static string? Hash(string file) => File.Exists(file) ? SourceFile.Hash(File.ReadAllBytes(file)) : null;

    private void RestoreFrom(string backup, JournalEntry entry, string file)
    {
        if (Hash(backup) != entry.Before)
            throw new IOException($"The backup '{backup}' of '{file}' is missing or damaged.");
        DurableFile.CreateFolder(Path.GetDirectoryName(file)!);
        var temporary = store.Temporary(entry);
        try
        {
            DurableFile.Write(temporary, File.ReadAllBytes(backup));
            DurableFile.CopyMode(backup, temporary);
        }
        catch (IOException)
        {
            // No room for a copy: the backup itself takes the file's place, which needs none.
            File.Delete(temporary);
            temporary = backup;
        }

        DurableFile.Replace(temporary, file);
    }
}
