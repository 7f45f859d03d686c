namespace MigrationKit.Cli.Doctor;

/// <summary>NuGet's lock file, which keeps restoring V1 until it is renewed.</summary>
internal static class PackageLock
{
    public const string FileName = "packages.lock.json";

    public const string Renewal = "dotnet restore --force-evaluate";
}
