namespace PocketTts;

/// <summary>What can be said about one generation.</summary>
/// <remarks>Immutable, so one instance can be shared by all threads. Values are checked by the method that takes it.</remarks>
#if LEGACY_SDK
internal
#else
public
#endif
sealed record GenerationOptions
{
    /// <summary>
    /// Frames (80 ms) kept after the end of speech was seen, 0 or more. Default <see langword="null"/>: what the model recommends,
    /// else 5 for up to four words and 3 for more.
    /// </summary>
    public int? FramesAfterEos { get; init; }

    /// <summary>
    /// Longer texts are spoken in chunks of at most this many tokens, cut at sentence ends, then at commas, dashes and brackets. 1 or more; default 50.
    /// </summary>
    /// <remarks>
    /// Never more than the model recommends. A stretch without such marks stays whole beyond it; where the model could not hold it, it is cut at
    /// the space nearest to its middle.
    /// </remarks>
    public int MaxTokens { get; init; } = 50;

    /// <summary>Seed of the noise. Default <see langword="null"/>: the seed of the model, else different each time.</summary>
    public ulong? Seed { get; init; }

    /// <summary>
    /// <see langword="true"/> (default) leaves the voice state as it is, so many generations can share it. <see langword="false"/> lets it
    /// remember the text and the audio, so that the next generation continues; the state then serves one caller at a time.
    /// </summary>
    public bool CopyState { get; init; } = true;
}
