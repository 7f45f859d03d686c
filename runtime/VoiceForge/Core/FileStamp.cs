namespace VoiceForge.Core;

/// <summary>Which version of a file: one that was written over is loaded again.</summary>
internal readonly record struct FileStamp(long Length, DateTime LastWriteUtc)
{
    /// <summary>Of what is no file.</summary>
    public static FileStamp None => default;

    public static FileStamp Of(string path) => new FileInfo(path) is { Exists: true } file ? new FileStamp(file.Length, file.LastWriteTimeUtc) : None;
}
