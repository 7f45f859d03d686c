namespace PocketTts;

/// <summary>Writes out what a model cannot read aloud, such as digits, before the text is cut into chunks.</summary>
/// <remarks>Called by every generation, maybe by several threads at once.</remarks>
#if LEGACY_SDK
internal
#else
public
#endif
interface ITextNormalizer
{
    /// <param name="text">The whole text of a generation; never <see langword="null"/>.</param>
    /// <returns>The text to speak instead.</returns>
    string Normalize(string text);
}
