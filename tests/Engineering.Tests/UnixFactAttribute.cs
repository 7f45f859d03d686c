namespace MigrationKit.Engineering.Tests;

/// <summary>A test that replaces a program on the PATH by a shell script.</summary>
internal sealed class UnixFactAttribute : FactAttribute
{
    public UnixFactAttribute()
    {
        if (OperatingSystem.IsWindows())
            Skip = "Replaces programs by shell scripts; run it on Linux or macOS.";
    }
}
