using System.Runtime.InteropServices;

namespace VoiceForge.Core;

/// <summary>The C library's heap, which ONNX Runtime allocates from and .NET's managed objects do not.</summary>
/// <remarks>glibc only (Linux); elsewhere nothing is measured and nothing trimmed.</remarks>
internal static partial class NativeHeap
{
    private static bool _isUnknown = !OperatingSystem.IsLinux();

    /// <summary>Bytes in use by the whole process, or <see langword="null"/> where the library does not say.</summary>
    public static long? BytesInUse()
    {
        if (_isUnknown)
            return null;

        try
        {
            var info = Ask();
            return (long)(info.InUse + info.Mapped);
        }
        catch (Exception exception) when (exception is EntryPointNotFoundException or DllNotFoundException)
        {
            _isUnknown = true; // musl, or a glibc before 2.33
            return null;
        }
    }

    /// <summary>Gives memory that was freed back to the system: glibc keeps it otherwise, and a model that is gone would still weigh.</summary>
    public static void Trim()
    {
        if (BytesInUse() is not null)
            _ = Trim(0);
    }

    [LibraryImport("libc", EntryPoint = "mallinfo2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial HeapInfo Ask();

    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Trim(nuint keep);

    // struct mallinfo2 of malloc.h: ten counters of the width of a pointer.
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct HeapInfo
    {
        private readonly nuint _arena, _freeChunks, _fastChunks, _mappings;
        public readonly nuint Mapped;
        private readonly nuint _highWater, _fastBytes;
        public readonly nuint InUse;
        private readonly nuint _free, _top;
    }
}
