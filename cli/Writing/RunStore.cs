using System.Globalization;
using System.Text;

namespace MigrationKit.Cli.Writing;

/// <summary>The <c>.migrationkit</c> folder beside a solution or project: the runs, their backups, and the lock.</summary>
internal sealed class RunStore
{
    private const string FolderName = ".migrationkit";

    public RunStore(string root)
    {
        Root = root;
        Folder = Path.Combine(root, FolderName);
    }

    /// <summary>The folder that paths in journals are relative to.</summary>
    public string Root { get; }

    private string Folder { get; }

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

    /// <summary>Refuses a second process until the result is disposed; a killed process frees it.</summary>
    /// <exception cref="MigrationException">Another run is under way, or the folder cannot be written.</exception>
    public IDisposable Lock()
    {
        try
        {
            Directory.CreateDirectory(RunsFolder);
            var ignore = Path.Combine(Folder, ".gitignore");
            if (!File.Exists(ignore))
                DurableFile.Write(ignore, "*\n"u8);
            return new FileStream(Path.Combine(Folder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MigrationException(ExitCode.Usage, $"Another run of migrationkit is under way in '{Root}', or it cannot be written: {e.Message}", e);
        }
    }

    public string NewId() => $"{DateTime.UtcNow.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}-{Guid.NewGuid().ToString("N")[..6]}";

    public string FolderOf(string id) => Path.Combine(RunsFolder, id);

    /// <summary>The IDs of all runs, the oldest first; killed ones are among them until they are recovered.</summary>
    public IReadOnlyList<string> Ids() =>
        Directory.Exists(RunsFolder) ? Directory.EnumerateDirectories(RunsFolder).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal).ToList() : [];

    public bool HasJournal(string id) => File.Exists(JournalFile(id));

    public Journal Journal(string id) => Writing.Journal.Read(JournalFile(id));

    public void WriteJournal(Journal journal) => DurableFile.Write(JournalFile(journal.Id), journal.ToJson());

    /// <summary>The JSON report of a run; null for runs of older versions, which kept none.</summary>
    public string? Report(string id) => File.Exists(ReportFile(id)) ? File.ReadAllText(ReportFile(id)) : null;

    public void WriteReport(string id, string json) => DurableFile.Write(ReportFile(id), Encoding.UTF8.GetBytes(json));

    public RunState State(string id) =>
        Has(id, RunState.RolledBack) ? RunState.RolledBack
        : Has(id, RunState.RollingBack) ? RunState.RollingBack
        : Has(id, RunState.Committed) ? RunState.Committed
        : RunState.Writing;

    public void Mark(string id, RunState state) => DurableFile.Write(Path.Combine(FolderOf(id), Marker(state)), Encoding.UTF8.GetBytes($"{DateTime.UtcNow:O}\n"));

    public string Full(JournalEntry entry) => Path.GetFullPath(Path.Combine(Root, entry.Path));

    public string Temporary(JournalEntry entry) => Path.GetFullPath(Path.Combine(Root, entry.Temporary));

    public string Backup(string id, JournalEntry entry) => Path.Combine(FolderOf(id), entry.Backup!);

    private static string Marker(RunState state) => state switch
    {
        RunState.Committed => "committed",
        RunState.RollingBack => "rolling-back",
        RunState.RolledBack => "rolled-back",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, "A run that is being written has no marker."),
    };

    private bool Has(string id, RunState state) => File.Exists(Path.Combine(FolderOf(id), Marker(state)));

    private string ReportFile(string id) => Path.Combine(FolderOf(id), "report.json");

    private string JournalFile(string id) => Path.Combine(FolderOf(id), "journal.json");
}
