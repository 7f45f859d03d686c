namespace PocketTts;

// For code that runs with several versions: instead of reflection over names, which a migration leaves behind.
public partial class TtsModel
{
    /// <summary>The version of the runtime that is loaded, which may be another than the one that was compiled against.</summary>
    public static Version RuntimeVersion { get; } = typeof(TtsModel).Assembly.GetName().Version ?? new Version(0, 0);

    /// <summary>Whether the runtime that is loaded has a feature.</summary>
    /// <param name="feature">A feature; one that this version does not know gives <see langword="false"/>.</param>
    /// <remarks>Any thread.</remarks>
    public static bool Supports(TtsFeature feature) => feature switch
    {
#if INCLUDE_V1
        TtsFeature.OldNames => true,
#endif
        TtsFeature.Async or TtsFeature.VoiceFiles or TtsFeature.TextNormalization => true,
        _ => false,
    };
}
