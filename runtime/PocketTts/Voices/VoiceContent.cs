namespace PocketTts.Voices;

/// <summary>What was found under the name of a voice.</summary>
/// <param name="Location">For messages.</param>
/// <param name="Wav">A WAV file, or <see langword="null"/>.</param>
/// <param name="File">A voice file, or <see langword="null"/>.</param>
internal readonly record struct VoiceContent(string Location, byte[]? Wav, VoiceFile? File);
