namespace MigrationKit.Analyzers.Tests;

/// <summary>The repository that the tests were built from.</summary>
internal static class RepositoryFiles
{
    public static string Root { get; } = FindRoot();

    /// <summary>Hand-written C# files, without what builds leave behind.</summary>
    public static IEnumerable<string> Sources =>
        Directory.EnumerateFiles(Root, "*.cs", SearchOption.AllDirectories)
            .Where(file => !Path.GetRelativePath(Root, file).Split(Path.DirectorySeparatorChar).Any(folder => folder is "bin" or "obj" or "artifacts" or "node_modules" || folder.StartsWith('.')))
            .Order(StringComparer.Ordinal);

    public static string Read(params string[] path) => File.ReadAllText(Path.Combine([Root, .. path]));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MigrationKit.sln")))
                return folder.FullName;
        }

        throw new DirectoryNotFoundException($"No MigrationKit.sln above '{AppContext.BaseDirectory}'.");
    }
}
