namespace MigrationKit.Cli.ProjectFiles;

/// <summary>NuGet's lock file, which keeps restoring V1 until it is renewed.</summary>
internal static class PackageLock
{
    public const string FileName = "packages.lock.json";

    public const string Renewal = "dotnet restore --force-evaluate";

    /// <summary>Full paths of the lock files of projects; central or imported files may change for several of them.</summary>
    public static IEnumerable<string> Of(IEnumerable<string> projects) =>
        projects.Select(project => Path.Combine(Path.GetDirectoryName(project)!, FileName)).Where(File.Exists).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);
}
