namespace MigrationKit.Samples.Tests;

/// <summary>Where things lie in this repository.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>Debug or Release: the one that these tests were built in. The samples are built in it too, as what they reference is there already.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    public static string CommandLine { get; } = Path.Combine(Root, "cli", "bin", Configuration, "net10.0", "migrationkit.dll");

    public static string VoiceApp { get; } = Path.Combine(Root, "samples", "VoiceApp");

    public static string MigratedVoiceApp { get; } = Path.Combine(Root, "samples", "VoiceApp.Migrated");

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "MigrationKit.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException($"MigrationKit.sln is in no folder above '{AppContext.BaseDirectory}'.");
        return folder;
    }
}
