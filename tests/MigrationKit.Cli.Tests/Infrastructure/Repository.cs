namespace MigrationKit.Cli.Tests.Infrastructure;

/// <summary>The clone that the tests were built in.</summary>
internal static class Repository
{
    /// <summary>Full path of the folder of the solution.</summary>
    public static string Root { get; } = Find();

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "MigrationKit.sln")))
            folder = Path.GetDirectoryName(folder)!;
        return folder;
    }
}
