namespace MigrationKit.Cli.Doctor;

/// <summary>What this machine, or the container the process runs in, has.</summary>
internal static class Machine
{
    private const double GiB = 1L << 30;

    /// <summary>Memory in GiB that processes may use: the container's limit where there is one.</summary>
    public static double MemoryGb => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / GiB;

    /// <summary>Room in GiB on the drive of a folder that exists.</summary>
    public static double FreeDiskGb(string folder) => new DriveInfo(folder).AvailableFreeSpace / GiB;
}
