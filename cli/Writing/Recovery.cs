using MigrationKit.Cli.Loading;

namespace MigrationKit.Cli.Writing;

/// <summary>Brings runs that were killed to an end: half-written ones are undone, half-undone ones are undone wholly.</summary>
/// <param name="store">The caller holds its lock.</param>
/// <param name="reached">Told of each file that is restored.</param>
internal sealed class Recovery(RunStore store, Action<WriteStep>? reached = null)
{
    /// <returns>One sentence for each run that was brought to an end.</returns>
    public IReadOnlyList<string> Run()
    {
        var notes = new List<string>();
        foreach (var id in store.Ids().Where(id => store.State(id) is RunState.Writing or RunState.RollingBack))
        {
            var kept = Undo(id);
            notes.Add($"run {id} had been interrupted and was undone"
                + (kept.Count > 0 ? $"; edited since, so left as they are: {string.Join(", ", kept)}" : ""));
        }

        return notes;
    }

    /// <summary>Puts the old bytes back wherever the new ones stand.</summary>
    /// <returns>Files that hold neither: they are left alone.</returns>
    public IReadOnlyList<string> Undo(string id)
    {
        // Without a journal nothing but backups was written.
        if (!store.HasJournal(id))
        {
            Directory.Delete(store.FolderOf(id), recursive: true);
            return [];
        }

        var kept = new List<string>();
        var isRollback = store.State(id) == RunState.RollingBack;
        foreach (var entry in store.Journal(id).Files)
        {
            var file = store.Full(entry);
            if (File.Exists(store.Temporary(entry)))
                DurableFile.Delete(store.Temporary(entry));
            var now = File.Exists(file) ? SourceFile.Hash(File.ReadAllBytes(file)) : null;
            if (now != entry.Before && (now == entry.After || (now is null && isRollback)))
                Restore(id, entry);
            else if (now != entry.Before)
                kept.Add(entry.Path);
        }

        store.Mark(id, RunState.RolledBack);
        return kept;
    }

    /// <summary>Puts the old bytes of one file back, whatever stands there.</summary>
    public void Restore(string id, JournalEntry entry)
    {
        var file = store.Full(entry);
        if (entry.Backup is null)
        {
            DurableFile.Delete(file);
        }
        else
        {
            var backup = store.Backup(id, entry);
            DurableFile.Write(store.Temporary(entry), File.ReadAllBytes(backup));
            DurableFile.CopyMode(backup, store.Temporary(entry));
            DurableFile.Replace(store.Temporary(entry), file);
        }

        reached?.Invoke(WriteStep.FileRestored);
    }
}
