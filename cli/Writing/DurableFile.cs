using System.Runtime.InteropServices;

namespace MigrationKit.Cli.Writing;

/// <summary>File operations whose result is on the disk when they return.</summary>
internal static partial class DurableFile
{
    private const int WriteAccess = 2;

    /// <summary>Told the name of each change to the disk just before it is made; a test ends its own process there. Null outside such processes.</summary>
    public static Action<string>? Changing { get; set; }

    /// <summary>Writes a file in place: for files that nobody reads before they are complete.</summary>
    /// <exception cref="IOException">The disk does not take it.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        Changing?.Invoke("create");
        using (var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            Changing?.Invoke("write");
            var half = bytes.Length / 2;
            try
            {
                stream.Write(bytes[..half]);
                Changing?.Invoke("write on");
                stream.Write(bytes[half..]);
            }
            catch (ArgumentOutOfRangeException e) // what .NET makes of EFBIG: a limit of the file system or of the process
            {
                throw new IOException($"'{path}' would have {bytes.Length} bytes, more than the system lets a file have here.", e);
            }

            stream.Flush(flushToDisk: true);
        }

        FlushFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Writes a file that others read: it is there as a whole or not at all.</summary>
    public static void WriteWhole(string path, ReadOnlySpan<byte> bytes)
    {
        Write(path + ".tmp", bytes);
        Replace(path + ".tmp", path);
    }

    /// <summary>Puts a file that was written beside another in its place in one step.</summary>
    public static void Replace(string temporary, string path)
    {
        Changing?.Invoke("rename");
        File.Move(temporary, path, overwrite: true);
        FlushFolder(Path.GetDirectoryName(path)!);
    }

    public static void Delete(string path)
    {
        Changing?.Invoke("delete");
        File.Delete(path);
        FlushFolder(Path.GetDirectoryName(path)!);
    }

    /// <summary>Makes a folder and those above it: without their entries on the disk, what is written in them is lost with the power.</summary>
    public static void CreateFolder(string path)
    {
        if (Directory.Exists(path))
            return;
        var parent = Path.GetDirectoryName(path)!;
        CreateFolder(parent);
        Changing?.Invoke("create folder");
        Directory.CreateDirectory(path);
        FlushFolder(parent);
    }

    /// <summary>Gives one file the permissions of another.</summary>
    public static void CopyMode(string from, string to)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(to, File.GetUnixFileMode(from));
    }

    /// <summary>Whether files can be added to an existing folder: asked, not tried, so that a dry run can ask too.</summary>
    public static bool CanWriteIn(string folder)
    {
        if (OperatingSystem.IsWindows())
            return true; // its read-only flag on folders means nothing, and rights show only when they are used
        // An administrator may write anywhere; a folder whose owner took the right away is still not one to write in.
        const UnixFileMode anyone = UnixFileMode.UserWrite | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        return (File.GetUnixFileMode(folder) & anyone) != 0 && Access(folder, WriteAccess) == 0;
    }

    // A rename lives in the folder; .NET has no call for flushing one. NTFS journals it by itself.
    private static void FlushFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        var descriptor = Open(folder, 0);
        if (descriptor < 0)
            return; // a folder that cannot be opened can still be written; the rename itself is atomic
        _ = Synchronize(descriptor);
        _ = Close(descriptor);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Synchronize(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "access", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Access(string path, int mode);
}
