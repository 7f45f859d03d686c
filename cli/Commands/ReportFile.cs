namespace MigrationKit.Cli.Commands;

/// <summary>The file of <c>--report</c>.</summary>
internal static class ReportFile
{
    /// <summary>Makes sure, before a long run, that its report can be written.</summary>
    /// <exception cref="MigrationException">It cannot.</exception>
    public static void Check(string path)
    {
        var file = new FileInfo(path);
        if (Directory.Exists(path))
            throw new MigrationException(ExitCode.Usage, $"--report '{path}' is a folder; name a file.");
        if (file.Directory is not { Exists: true })
            throw new MigrationException(ExitCode.Usage, $"--report '{path}': the folder '{file.DirectoryName}' does not exist.");
        if (file is { Exists: true, IsReadOnly: true })
            throw new MigrationException(ExitCode.Usage, $"--report '{path}' is read-only.");
    }

    public static void Write(string path, string text)
    {
        try
        {
            File.WriteAllText(path, text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new MigrationException(ExitCode.Usage, $"--report '{path}' cannot be written: {e.Message}", e);
        }
    }
}
