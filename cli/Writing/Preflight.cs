using MigrationKit.Cli.Loading;

namespace MigrationKit.Cli.Writing;

/// <summary>Finds out before anything is touched whether every change can be written.</summary>
internal static class Preflight
{
    /// <exception cref="MigrationException">A file is read-only, gone, changed since it was read, or the disk lacks room.</exception>
    public static void Check(string root, IReadOnlyList<FileChange> changes)
    {
        foreach (var change in changes)
        {
            if (Obstacle(change) is { } obstacle)
                throw new MigrationException(ExitCode.Usage, $"'{change.Path}' {obstacle}; nothing was written.");
        }

        // Backup, new bytes beside the old ones, and a little for the journal.
        var needed = changes.Sum(c => (long)(c.Before?.Length ?? 0) + c.After.Length) + (1 << 20);
        var free = new DriveInfo(root).AvailableFreeSpace;
        if (free < needed)
            throw new MigrationException(ExitCode.Usage, $"'{root}' has {free / 1048576} MiB free, backups and new files need {needed / 1048576} MiB; nothing was written.");
    }

    private static string? Obstacle(FileChange change)
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(change.Path)!);
        if (!OperatingSystem.IsWindows() && (folder.UnixFileMode & (UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) == 0)
            return "stands in a folder that is read-only";
        var file = new FileInfo(change.Path);
        if (change.Before is null)
            return file.Exists ? "was created by someone else during the run; run again" : null;
        if (!file.Exists)
            return "has vanished since it was read";
        if (file.IsReadOnly)
            return "is read-only; make it writable or exclude it";
        return SourceFile.Hash(File.ReadAllBytes(change.Path)) != SourceFile.Hash(change.Before) ? "was edited during the run; run again" : null;
    }
}
