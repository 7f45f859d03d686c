namespace VoiceForge.Core;

/// <summary>What a cached model is found by: a name that a caller chose, or the content of its files and the device it was loaded for.</summary>
internal readonly record struct ModelKey(string Id, string? Device)
{
    public static ModelKey OfName(string name) => new(name, null);

    public static ModelKey OfContent(string hash, string device) => new(hash, device);
}
