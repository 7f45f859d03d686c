using System.Globalization;
using MigrationKit.Cli.Tests.Infrastructure;

namespace MigrationKit.Cli.Tests;

/// <summary>A disk that is really full: a small file system in memory, or the system's limit on the size of a file.</summary>
public sealed class FullDiskTests
{
    private const int Kibibyte = 1024;

    // The folder of the mount point is visible to the child only, so it is also the child that compares the tree.
    private const string OnSmallDisk = "unshare -rm /bin/sh -c 'mount -t tmpfs -o \"$OPTIONS\" tmpfs \"$ROOT\" && exec \"$@\"' sh \"$@\"";

    [Fact]
    public async Task DiskFullAtAnyFile_LeavesTheTreeAsBefore()
    {
        using var bench = Workbench.Empty();
        if (!await CanMountAsync(bench.Root))
            return;

        // Room for bytes but not for files: what the check beforehand cannot see.
        var failures = 0;
        for (var files = 8; ; files++)
        {
            var (exitCode, _, error) = await FillAsync(bench.Root, $"size=64m,nr_inodes={files}", 8 * Kibibyte, 8 * Kibibyte);
            if (exitCode == 0)
                break;
            if (error.Contains("as before", StringComparison.Ordinal))
            {
                Assert.Contains("No space left on device", error, StringComparison.Ordinal);
                failures += exitCode == (int)ExitCode.WriteFailed ? 1 : 0;
            }

            Assert.True(files < 60, $"Even {files} files are not enough: {error}");
        }

        Assert.True(failures >= 8, $"The disk was full at only {failures} places.");
    }

    [Fact]
    public async Task NoRoomForTheBackups_IsRefusedBeforeAnythingIsTouched()
    {
        using var bench = Workbench.Empty();
        if (!await CanMountAsync(bench.Root))
            return;
        var (exitCode, _, error) = await FillAsync(bench.Root, "size=3m", 1024 * Kibibyte, 1024 * Kibibyte);
        Assert.Equal((int)ExitCode.Usage, exitCode);
        Assert.Matches(@"as before: .* has \d+ KiB free, backups and new files need \d+ KiB", error);
    }

    [Fact]
    public async Task FileThatTheSystemCutsOff_LeavesTheTreeAsBefore()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var bench = Workbench.Empty();
        // Blocks of 512 or 1024 bytes, by shell; the runtime maps its own code through a large file unless told not to.
        const string limited = "trap '' XFSZ; export DOTNET_EnableWriteXorExecute=0 DOTNET_EnableDiagnostics=0; ulimit -f 32; exec \"$@\"";
        var (exitCode, _, error) = await Victim.RunAsync(limited, "0", "fill", bench.Root, Text(Kibibyte), Text(64 * Kibibyte));
        Assert.True(exitCode == (int)ExitCode.WriteFailed, $"{exitCode}: {error}");
        Assert.StartsWith("as before", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DiskThatIsFullWhenAKilledRunIsUndone_NeedsNoRoomForIt()
    {
        using var bench = Workbench.Empty();
        if (!await CanMountAsync(bench.Root))
            return;
        var (exitCode, _, error) = await OnDiskAsync(bench.Root, "size=3m", "recover-full", bench.Root);
        Assert.True(exitCode == 0, error);
        Assert.Contains("No space left on device", error, StringComparison.Ordinal);
        Assert.Contains("was undone", error, StringComparison.Ordinal);
    }

    private static Task<(int ExitCode, string Out, string Error)> FillAsync(string root, string mountOptions, int before, int after) =>
        OnDiskAsync(root, mountOptions, "fill", root, Text(before), Text(after));

    private static Task<(int ExitCode, string Out, string Error)> OnDiskAsync(string root, string mountOptions, params string[] operation) =>
        Victim.RunAsync($"export ROOT='{root}' OPTIONS='{mountOptions}'; exec {OnSmallDisk}", ["0", .. operation]);

    private static async Task<bool> CanMountAsync(string root) =>
        OperatingSystem.IsLinux() && (await FillAsync(root, "size=64m", Kibibyte, Kibibyte)).ExitCode == 0;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
