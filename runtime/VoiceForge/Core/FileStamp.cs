namespace VoiceForge.Core;

/// <summary>Which version of a model's files: a file that was written over is read again.</summary>
internal readonly record struct FileStamp(long Length, DateTime LastWriteUtc, long IndexLength, DateTime IndexLastWriteUtc)
{
    /// <summary>Of what is no file.</summary>
    public static FileStamp None => default;

    public static FileStamp Of(string path, string? indexPath = null)
    {
        var (length, written) = Look(path);
        var (indexLength, indexWritten) = Look(indexPath);
        return new FileStamp(length, written, indexLength, indexWritten);
    }

    private static (long Length, DateTime LastWriteUtc) Look(string? path) =>
        path is not null && new FileInfo(path) is { Exists: true } file ? (file.Length, file.LastWriteTimeUtc) : default;
}
