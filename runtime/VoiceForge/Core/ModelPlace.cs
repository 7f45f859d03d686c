namespace VoiceForge.Core;

/// <summary>Where a caller says that a model is. Several places may hold the same content.</summary>
internal readonly record struct ModelPlace(string Path, string? IndexPath, string Device)
{
    public static ModelPlace Of(string path, string? indexPath, string device) =>
        new(System.IO.Path.GetFullPath(path), indexPath is null ? null : System.IO.Path.GetFullPath(indexPath), device);
}
