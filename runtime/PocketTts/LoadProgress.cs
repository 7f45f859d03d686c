namespace PocketTts;

/// <summary>How far the loading of a model has come.</summary>
/// <param name="Loaded">Files that are loaded, 1 to <paramref name="Total"/>; it grows by one from report to report.</param>
/// <param name="Total">Files that the model consists of; the same in every report of one load.</param>
/// <param name="File">The file that was loaded last, relative to the model's folder.</param>
#if LEGACY_SDK
internal
#else
public
#endif
readonly record struct LoadProgress(int Loaded, int Total, string File);
