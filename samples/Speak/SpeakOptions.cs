namespace Speak;

/// <summary>One command line.</summary>
/// <param name="Text">What to say.</param>
/// <param name="Voice">A name of the model's, or a file.</param>
/// <param name="Model">A folder, or <c>tone</c>.</param>
/// <param name="Output">The WAV file to write, or <c>-</c> for standard output; <see langword="null"/> for none.</param>
/// <param name="Seed">Of the noise.</param>
internal sealed record SpeakOptions(string Text, string Voice, string Model, string? Output, ulong? Seed);
