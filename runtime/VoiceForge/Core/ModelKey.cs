namespace VoiceForge.Core;

/// <summary>What a cached model is found by: a name that a caller chose, or the content of its files and the device it was loaded for.</summary>
internal readonly record struct ModelKey(string Id, string? Device)
{
    public static ModelKey OfName(string name) => new(name, null);

    public static ModelKey OfContent(string hash, string device) => new(hash, device);

    public bool Equals(ModelKey other) => Id == other.Id && Device == other.Device;

    // A cache holds dozens of models, so a few characters tell them apart, and a hit costs less than with a hash of all of them.
    public override int GetHashCode() => (((Id.Length * 31) + Id[0]) * 31 + Id[Id.Length / 2]) * 31 + Id[^1];
}
