using System.Runtime.ConstrainedExecution;
using System.Runtime.InteropServices;

namespace VoiceForge.Audio;

/// <summary>Native memory that is committed when the constructor returns.</summary>
/// <remarks>
/// It is freed when nobody can reach this object any more, so that a thread that has just looked at it is safe without counting those who
/// look. <see cref="Discard"/> gives the pages back before that where the system can do so.
/// <para>
/// Critical finalizers run after the ordinary ones of the same collection: a <see cref="TripleBuffer"/> that gives its leases back in its
/// own finalizer still finds the memory of a pool that died with it.
/// </para>
/// </remarks>
internal sealed unsafe partial class PoolMemory : CriticalFinalizerObject
{
    private const int HugePageBytes = 2 << 20;
    private const int AdviseDontNeed = 4;       // the values of Linux, include/uapi/asm-generic/mman-common.h
    private const int AdviseHugePage = 14;
    private const int AdvisePopulateWrite = 23; // since Linux 5.14

    private readonly nuint _length; // whole pages

    /// <exception cref="OutOfMemoryException">The system does not grant it.</exception>
    public PoolMemory(long bytes)
    {
        var alignment = (nuint)(bytes >= HugePageBytes ? HugePageBytes : Environment.SystemPageSize);
        var page = (nuint)Environment.SystemPageSize;
        _length = ((nuint)bytes + page - 1) / page * page;
        Start = (nint)NativeMemory.AlignedAlloc(_length, alignment);
        GC.AddMemoryPressure((long)_length);
        if (OperatingSystem.IsLinux())
        {
            // Fewer page-table entries to miss; refused where the administrator has switched them off, which costs speed alone.
            if (bytes >= HugePageBytes)
                HugePagesAreAdvised = Advise(Start, _length, AdviseHugePage) == 0;

            // All page faults in one call. What it refuses, the loop below does page by page.
            _ = Advise(Start, _length, AdvisePopulateWrite);
        }

        // Writing is what commits, wherever the advice is unknown: otherwise the first audio block that meets a page pays for its fault.
        NativeMemory.Clear((void*)Start, _length);
        GC.KeepAlive(this); // or the finalizer could free what is still being written
    }

    /// <summary>Frees the memory.</summary>
    ~PoolMemory()
    {
        if (Start == 0)
            return; // the constructor threw

        IsFreed = true;
        NativeMemory.AlignedFree((void*)Start);
        GC.RemoveMemoryPressure((long)_length);
    }

    /// <summary>The first byte; on a multiple of 2 MiB from that size on, else on one of the page size.</summary>
    public nint Start { get; }

    /// <summary>Whether the memory is somebody else's by now.</summary>
    public bool IsFreed { get; private set; }

    /// <summary>Whether the system was willing to use huge pages; it may still not have had any.</summary>
    public bool HugePagesAreAdvised { get; }

    /// <summary>Gives the pages back to the system now, on Linux. Whoever still reads there reads zeros.</summary>
    public void Discard()
    {
        if (OperatingSystem.IsLinux())
            _ = Advise(Start, _length, AdviseDontNeed);
        GC.KeepAlive(this);
    }

    /// <summary>Bytes that really have memory behind them, and how many of those are in huge pages, from <c>/proc/self/smaps</c>.</summary>
    /// <returns><see langword="null"/> where the system does not say.</returns>
    /// <remarks>Takes milliseconds. Neighbouring memory of the same kind is one entry there, so the figures are cut off at our size.</remarks>
    public (long Resident, long Huge)? Measure()
    {
        const string smaps = "/proc/self/smaps";
        if (!File.Exists(smaps))
            return null;

        var (resident, huge, isOurs) = (0L, 0L, false);
        foreach (var line in File.ReadLines(smaps))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (line.IndexOf('-', StringComparison.Ordinal) is var dash and > 0 && IsHexadecimal(line.AsSpan(0, dash)))
            {
                var first = ulong.Parse(line.AsSpan(0, dash), System.Globalization.NumberStyles.HexNumber, null);
                var end = ulong.Parse(line.AsSpan(dash + 1, line.IndexOf(' ', StringComparison.Ordinal) - dash - 1), System.Globalization.NumberStyles.HexNumber, null);
                isOurs = first < (ulong)Start + _length && (ulong)Start < end;
            }
            else if (isOurs && colon > 0 && line.EndsWith(" kB", StringComparison.Ordinal))
            {
                var bytes = long.Parse(line.AsSpan(colon + 1, line.Length - colon - 4), System.Globalization.NumberStyles.AllowLeadingWhite, null) * 1024;
                resident += line.StartsWith("Rss:", StringComparison.Ordinal) ? bytes : 0;
                huge += line.StartsWith("AnonHugePages:", StringComparison.Ordinal) ? bytes : 0;
            }
        }

        GC.KeepAlive(this);
        return (Math.Min(resident, (long)_length), Math.Min(huge, (long)_length));
    }

    private static bool IsHexadecimal(ReadOnlySpan<char> text) => !text.ContainsAnyExcept("0123456789abcdef");

    [LibraryImport("libc", EntryPoint = "madvise", SetLastError = false)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(nint address, nuint length, int advice);
}
