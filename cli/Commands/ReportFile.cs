namespace MigrationKit.Cli.Commands;

/// <summary>The files that a command writes besides the migration: a report, a baseline.</summary>
internal static class ReportFile
{
    /// <summary>Makes sure, before a long run, that a file can be written at its end.</summary>
    /// <param name="option">Which option names the file.</param>
    /// <param name="path">Full path.</param>
    /// <exception cref="MigrationException">It cannot.</exception>
    public static void Check(string option, string path)
    {
        if (Directory.Exists(path))
            throw new MigrationException(ExitCode.Usage, $"{option} '{path}' is a folder; name a file.");
        if (Path.GetDirectoryName(path) is { } folder && !Directory.Exists(folder))
            throw new MigrationException(ExitCode.Usage, $"{option} '{path}': the folder '{folder}' does not exist.");
        var isNew = !File.Exists(path);
        Try(option, path, () =>
        {
            // Only opening it tells: permissions, read-only file systems and locks look different everywhere.
            using (File.Open(path, FileMode.OpenOrCreate, FileAccess.Write))
            {
            }

            if (isNew)
                File.Delete(path);
        });
    }

    /// <param name="option">Which option names the file.</param>
    /// <param name="path">Full path.</param>
    /// <param name="text">What to write.</param>
    /// <param name="run">The ID of the run that was written before; null for none.</param>
    /// <exception cref="MigrationException">The file cannot be written.</exception>
    public static void Write(string option, string path, string text, string? run = null) => Try(option, path, () => File.WriteAllText(path, text), run);

    private static void Try(string option, string path, Action write, string? run = null)
    {
        try
        {
            write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new MigrationException(ExitCode.Usage, $"{option} '{path}' cannot be written: {e.Message}{(run is null ? "" : $" The run itself was written: 'migrationkit report {run}' gives its page.")}", e);
        }
    }
}
