using System.Reflection;

namespace MigrationKit.Cli;

/// <summary>Name and version as reports and journals give them.</summary>
internal static class Tool
{
    public const string Name = "migrationkit";

    public static string Version { get; } =
        typeof(Tool).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
