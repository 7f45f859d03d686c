using System.Globalization;
using System.Text;

namespace MigrationKit.Cli.Writing;

/// <summary>The <c>.migrationkit</c> folder beside a solution or project: the runs, their backups, and the lock.</summary>
internal sealed class RunStore
{
    private const string FolderName = ".migrationkit";

    public RunStore(string root)
    {
        Root = RealPath.Of(root);
        Folder = Path.Combine(Root, FolderName);
    }

    /// <summary>The folder that paths in journals are relative to.</summary>
    public string Root { get; }

    private string Folder { get; }

    private string LockFile => Path.Combine(Folder, "lock");

    private string RunsFolder => Path.Combine(Folder, "runs");

    /// <summary>The store of the nearest folder that has one, from <paramref name="folder"/> upwards.</summary>
    /// <exception cref="MigrationException">There is none.</exception>
    public static RunStore Nearest(string folder)
    {
        for (var at = folder; at is not null; at = Path.GetDirectoryName(at))
        {
            if (Directory.Exists(Path.Combine(at, FolderName)))
                return new(at);
        }

        throw new MigrationException(ExitCode.Usage, $"Neither '{folder}' nor a folder above it holds runs of migrationkit; go to the folder of the migrated solution.");
    }

    /// <summary>The nearest folder, from <paramref name="folder"/> upwards, that <c>--output</c> wrote; null where runs in place come first or there is none.</summary>
    public static string? NearestOutput(string folder)
    {
        for (var at = folder; at is not null; at = Path.GetDirectoryName(at))
        {
            if (new RunStore(at) is var store && store.Ids().Any(id => store.State(id) != RunState.RolledBack))
                return null;
            if (OutputManifest.Read(at) is not null)
                return at;
        }

        return null;
    }

    /// <summary>Refuses a second process until the result is disposed; a killed process frees it.</summary>
    /// <exception cref="MigrationException">Another run is under way, or the folder cannot be written.</exception>
    public IDisposable Lock()
    {
        try
        {
            DurableFile.CreateFolder(RunsFolder);
            var ignore = Path.Combine(Folder, ".gitignore");
            if (!File.Exists(ignore))
                DurableFile.WriteWhole(ignore, "*\n"u8);
            // Made without a lock, so that what fails below can only be another process that holds it.
            if (!File.Exists(LockFile))
                new FileStream(LockFile, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MigrationException(ExitCode.Usage, $"'{Folder}', where backups go, cannot be written: {e.Message}", e);
        }

        try
        {
            return new FileStream(LockFile, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MigrationException(ExitCode.Usage, $"Another run of migrationkit is under way in '{Root}'; wait for its end. ({e.Message})", e);
        }
    }

    public string NewId() => $"{DateTime.UtcNow.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}-{Guid.NewGuid().ToString("N")[..6]}";

    public string FolderOf(string id) => Path.Combine(RunsFolder, id);

    /// <summary>The IDs of all runs, the oldest first; killed ones are among them until they are recovered.</summary>
    public IReadOnlyList<string> Ids() =>
        Directory.Exists(RunsFolder) ? Directory.EnumerateDirectories(RunsFolder).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal).ToList() : [];

    public bool HasJournal(string id) => File.Exists(JournalFile(id));

    public Journal Journal(string id) => Writing.Journal.Read(JournalFile(id));

    /// <summary>From here on a kill leaves something to undo.</summary>
    public void WriteJournal(Journal journal) => DurableFile.WriteWhole(JournalFile(journal.Id), journal.ToJson());

    /// <summary>Removes a run of which nothing stands. The journal goes first: without it there is nothing to undo.</summary>
    public void Forget(string id)
    {
        if (HasJournal(id))
            DurableFile.Delete(JournalFile(id));
        DurableFile.Changing?.Invoke("delete folder");
        Directory.Delete(FolderOf(id), recursive: true);
    }

    /// <summary>The JSON report of a run; null for runs of older versions, which kept none.</summary>
    public string? Report(string id) => File.Exists(ReportFile(id)) ? File.ReadAllText(ReportFile(id)) : null;

    public void WriteReport(string id, string json) => DurableFile.Write(ReportFile(id), Encoding.UTF8.GetBytes(json));

    public RunState State(string id) =>
        Has(id, RunState.RolledBack) ? RunState.RolledBack
        : Has(id, RunState.RollingBack) ? RunState.RollingBack
        : Has(id, RunState.Committed) ? RunState.Committed
        : RunState.Writing;

    /// <summary>Whether a run was killed before it came to an end.</summary>
    public bool IsUnfinished(string id) => State(id) is RunState.Writing or RunState.RollingBack;

    /// <summary>Takes the room that <see cref="Mark"/> needs, so that a full disk cannot stop a run at its last step.</summary>
    public void PrepareMark(string id, RunState state) => DurableFile.Write(MarkerFile(id, state) + ".tmp", Encoding.UTF8.GetBytes($"{DateTime.UtcNow:O}\n"));

    public void Mark(string id, RunState state)
    {
        var marker = MarkerFile(id, state);
        if (!File.Exists(marker + ".tmp"))
            PrepareMark(id, state);
        DurableFile.Replace(marker + ".tmp", marker);
    }

    public string Full(JournalEntry entry) => Path.GetFullPath(Path.Combine(Root, entry.Path));

    public string Temporary(JournalEntry entry) => Path.GetFullPath(Path.Combine(Root, entry.Temporary));

    public string Backup(string id, JournalEntry entry) => Path.Combine(FolderOf(id), entry.Backup!);

    /// <summary>Where a forced rollback keeps what a user wrote over the run's bytes.</summary>
    public string SavedEdit(string id, JournalEntry entry) => Path.Combine(FolderOf(id), entry.SavedEdit);

    private static string Marker(RunState state) => state switch
    {
        RunState.Committed => "committed",
        RunState.RollingBack => "rolling-back",
        RunState.RolledBack => "rolled-back",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "A run that is being written has no marker."),
    };

    private bool Has(string id, RunState state) => File.Exists(MarkerFile(id, state));

    private string MarkerFile(string id, RunState state) => Path.Combine(FolderOf(id), Marker(state));

    private string ReportFile(string id) => Path.Combine(FolderOf(id), "report.json");

    private string JournalFile(string id) => Path.Combine(FolderOf(id), "journal.json");
}
