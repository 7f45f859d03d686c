namespace VoiceForge.Core;

/// <summary>What a cached model is found by: a name that a caller chose, or the files and the device it was loaded from.</summary>
internal readonly record struct ModelKey(string Id, string? IndexPath, string? Device)
{
    public static ModelKey OfName(string name) => new(name, null, null);

    public static ModelKey OfFile(string path, string? indexPath, string device) =>
        new(Path.GetFullPath(path), indexPath is null ? null : Path.GetFullPath(indexPath), device);
}
