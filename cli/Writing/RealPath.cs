namespace MigrationKit.Cli.Writing;

/// <summary>Where a file really stands: a rename onto a symbolic link would replace the link and leave the file behind it as it was.</summary>
internal static class RealPath
{
    /// <param name="path">Full path; its last parts need not exist.</param>
    /// <returns>The same file without symbolic links in its path.</returns>
    /// <exception cref="IOException">The links form a circle.</exception>
    public static string Of(string path)
    {
        if (Path.GetDirectoryName(path) is not { } parent)
            return path;
        var full = Path.Combine(Of(parent), Path.GetFileName(path));
        FileSystemInfo info = Directory.Exists(full) ? new DirectoryInfo(full) : new FileInfo(full);
        return info.LinkTarget is not null && info.ResolveLinkTarget(returnFinalTarget: true) is { } target ? Of(target.FullName) : full;
    }
}
