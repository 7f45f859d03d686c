using PocketTts.Onnx;

namespace PocketTts.Voices;

/// <summary>Finds what a caller means by a voice: a file of his, or a voice that lies beside the model.</summary>
/// <remarks>Immutable and thread-safe. Nothing is downloaded, and one voice never stands in for another.</remarks>
internal sealed class VoiceSource(BundleFiles files, BundleManifest manifest)
{
    private const string SafeTensors = ".safetensors", Wav = ".wav";
    private static readonly string[] Folders = ["voices", "embeddings"];

    /// <summary>The voices that lie beside the model, sorted.</summary>
    public IEnumerable<string> Names =>
        Folders.SelectMany(files.List).Where(IsVoiceFile).Select(f => Path.GetFileNameWithoutExtension(f)).Distinct().Order(StringComparer.Ordinal);

    /// <exception cref="ArgumentException">There is no voice of that name.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public (byte[] Content, bool IsWav, string Location) Open(string voice)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(voice);
        if (voice.Contains("://", StringComparison.Ordinal))
            throw new ArgumentException($"'{voice}' is an address; voices are not downloaded. Save the file and give its path.", nameof(voice));
        if (IsVoiceFile(voice))
        {
            return File.Exists(voice)
                ? (File.ReadAllBytes(voice), IsWav(voice), voice)
                : throw new FileNotFoundException($"The voice file '{Path.GetFullPath(voice)}' does not exist.", voice);
        }

        foreach (var folder in Folders)
        {
            foreach (var file in files.List(folder).Where(f => IsVoiceFile(f) && Path.GetFileNameWithoutExtension(f) == voice))
                return (files.Read($"{folder}/{file}"), IsWav(file), files.Describe($"{folder}/{file}"));
        }

        if (manifest.PredefinedVoices.Contains(voice))
        {
            throw new FileNotFoundException(
                $"The voice '{voice}' is published apart from the model: put '{voice}.safetensors' (Hugging Face, "
                + $"kyutai/pocket-tts-without-voice-cloning, languages/<language>/embeddings) into '{files.Describe("embeddings")}'. {Known()}");
        }

        throw new ArgumentException($"There is no voice '{voice}', and it is no path of a {Wav} or {SafeTensors} file. {Known()}", nameof(voice));
    }

    private static bool IsVoiceFile(string file) => IsWav(file) || file.EndsWith(SafeTensors, StringComparison.OrdinalIgnoreCase);

    private static bool IsWav(string file) => file.EndsWith(Wav, StringComparison.OrdinalIgnoreCase);

    private string Known() => Names.Any() ? $"Known voices: {string.Join(", ", Names)}." : $"No voice lies in '{files.Location}'.";
}
