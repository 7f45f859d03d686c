using System.Runtime.ConstrainedExecution;
using System.Runtime.InteropServices;

namespace VoiceForge.Audio;

/// <summary>Native memory that is committed when the constructor returns.</summary>
/// <remarks>
/// It is freed when nobody can reach this object any more, so that a thread that has just looked at it is safe without counting those who
/// look. <see cref="Discard"/> gives the pages back before that where the system can do so. Of objects that go out of reach together, those
/// with a critical finalizer are finalized last: a buffer that was dropped with its pool can still give its lease back.
/// </remarks>
internal sealed unsafe partial class PoolMemory : CriticalFinalizerObject
{
    private const int HugePageBytes = 2 << 20;
    private const int AdviseDontNeed = 4;       // the values of Linux, include/uapi/asm-generic/mman-common.h
    private const int AdviseHugePage = 14;
    private const int AdvisePopulateWrite = 23; // since Linux 5.14

    private const string HugeField = "AnonHugePages:";

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

    /// <summary>Bytes that really have memory behind them, from <c>mincore</c>, and how many of those are in huge pages, from <c>/proc/self/smaps</c>.</summary>
    /// <returns><see langword="null"/> where the system does not say.</returns>
    /// <remarks>Takes milliseconds. Neighbouring memory is one entry of <c>smaps</c> with ours, so the second figure is cut off at the first.</remarks>
    public (long Resident, long Huge)? Measure()
    {
        if (!OperatingSystem.IsLinux())
            return null;

        var page = (nuint)Environment.SystemPageSize;
        var isInMemory = new byte[(int)(_length / page)];
        if (InCore(Start, _length, isInMemory) != 0)
            return null;

        var resident = isInMemory.Count(flags => (flags & 1) != 0) * (long)page;
        var huge = Math.Min(HugeBytesOfOurEntries(), resident);
        GC.KeepAlive(this);
        return (resident, huge);
    }

    private long HugeBytesOfOurEntries()
    {
        const string smaps = "/proc/self/smaps";
        var (huge, isOurs) = (0L, false);
        foreach (var line in File.Exists(smaps) ? File.ReadLines(smaps) : [])
        {
            if (line.IndexOf('-', StringComparison.Ordinal) is var dash and > 0 && IsHexadecimal(line.AsSpan(0, dash)))
            {
                var first = ulong.Parse(line.AsSpan(0, dash), System.Globalization.NumberStyles.HexNumber, null);
                var end = ulong.Parse(line.AsSpan(dash + 1, line.IndexOf(' ', StringComparison.Ordinal) - dash - 1), System.Globalization.NumberStyles.HexNumber, null);
                isOurs = first < (ulong)Start + _length && (ulong)Start < end;
            }
            else if (isOurs && line.StartsWith(HugeField, StringComparison.Ordinal) && line.EndsWith(" kB", StringComparison.Ordinal))
            {
                huge += long.Parse(line.AsSpan(HugeField.Length, line.Length - HugeField.Length - 3), System.Globalization.NumberStyles.AllowLeadingWhite, null) * 1024;
            }
        }

        return huge;
    }

    private static bool IsHexadecimal(ReadOnlySpan<char> text) => !text.ContainsAnyExcept("0123456789abcdef");

    [LibraryImport("libc", EntryPoint = "madvise", SetLastError = false)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(nint address, nuint length, int advice);

    [LibraryImport("libc", EntryPoint = "mincore", SetLastError = false)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int InCore(nint address, nuint length, [Out] byte[] isInMemory);
}
