using MigrationKit.Cli.Loading;

namespace MigrationKit.Cli.Writing;

/// <summary>Finds out before anything is touched whether every change can be written.</summary>
internal static class Preflight
{
    // The journal, markers, and what a file system rounds up.
    private const int Reserve = 1 << 20;

    /// <param name="root">Where backups go.</param>
    /// <param name="changes">What is to be written, under the paths that projects use.</param>
    /// <returns>The same changes, each file once and under its path without symbolic links.</returns>
    /// <exception cref="MigrationException">A file is read-only, gone, changed since it was read, or the disk lacks room.</exception>
    public static IReadOnlyList<FileChange> Check(string root, IReadOnlyList<FileChange> changes)
    {
        var physical = Physical(changes);
        foreach (var change in physical)
        {
            if (Obstacle(change) is { } obstacle)
                throw new MigrationException(ExitCode.Usage, $"'{change.Path}' {obstacle}; nothing was written.");
        }

        RequireRoom(root, physical.Sum(c => (long)(c.Before?.Length ?? 0) + c.After.Length));
        return physical;
    }

    /// <param name="folder">An existing folder on the disk that is written to.</param>
    /// <param name="bytes">How many are going to be written.</param>
    /// <exception cref="MigrationException">The disk lacks room.</exception>
    public static void RequireRoom(string folder, long bytes)
    {
        var needed = bytes + Reserve;
        var free = new DriveInfo(folder).AvailableFreeSpace;
        if (free < needed)
        {
            throw new MigrationException(
                ExitCode.Usage, $"'{folder}' has {free >> 10} KiB free, backups and new files need {needed >> 10} KiB; make room and run again; nothing was written.");
        }
    }

    private static List<FileChange> Physical(IReadOnlyList<FileChange> changes)
    {
        var physical = new Dictionary<string, FileChange>(StringComparer.Ordinal);
        foreach (var change in changes)
        {
            var real = change with { Path = RealPath.Of(change.Path) };
            if (physical.TryAdd(real.Path, real) || physical[real.Path].After.AsSpan().SequenceEqual(real.After))
                continue;
            throw new MigrationException(
                ExitCode.Usage, $"'{change.Path}' is a link to '{real.Path}', which another project needs with a different text; exclude one of them; nothing was written.");
        }

        return [.. physical.Values];
    }

    private static string? Obstacle(FileChange change)
    {
        var folder = Path.GetDirectoryName(change.Path)!;
        if (!Directory.Exists(folder))
            return "stands in a folder that has vanished since it was read";
        if (!DurableFile.CanWriteIn(folder))
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
