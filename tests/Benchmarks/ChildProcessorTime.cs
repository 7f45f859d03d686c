using System.ComponentModel;
using System.Runtime.InteropServices;

namespace MigrationKit.Benchmarks;

/// <summary>The processor time of all processes that this one has started and seen end.</summary>
/// <remarks>On Unix <see cref="System.Diagnostics.Process.TotalProcessorTime"/> is gone when the process is; Windows keeps it.</remarks>
internal static partial class ChildProcessorTime
{
    private const int Children = -1; // RUSAGE_CHILDREN of Linux and macOS

    /// <summary>User and system time; zero on Windows.</summary>
    public static TimeSpan Now
    {
        get
        {
            if (OperatingSystem.IsWindows())
                return TimeSpan.Zero;

            // struct rusage starts with two timevals of 16 bytes on 64-bit systems; macOS fills four of the eight bytes of the microseconds.
            Span<long> usage = stackalloc long[18];
            usage.Clear();
            if (GetUsage(Children, ref MemoryMarshal.GetReference(usage)) != 0)
                throw new Win32Exception(Marshal.GetLastPInvokeError(), "getrusage does not say how long the compiler computed.");
            return TimeSpan.FromSeconds(usage[0] + usage[2]) + TimeSpan.FromMicroseconds((int)usage[1] + (int)usage[3]);
        }
    }

    [LibraryImport("libc", EntryPoint = "getrusage", SetLastError = true)]
    private static partial int GetUsage(int who, ref long usage);
}
