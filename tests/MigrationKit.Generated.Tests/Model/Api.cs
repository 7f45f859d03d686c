namespace MigrationKit.Generated.Model;

/// <summary>The V1 types that generated programs create.</summary>
public enum Api
{
    Tts,
    Ring,
    Stream,
    App,
    Loader,
}
