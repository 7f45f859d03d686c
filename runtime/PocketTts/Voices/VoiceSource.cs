using PocketTts.Onnx;

namespace PocketTts.Voices;

/// <summary>Finds what a caller means by a voice: a file of his, a voice that lies beside the model, or what his resolver knows.</summary>
/// <remarks>Immutable and thread-safe. Nothing is downloaded, and one voice never stands in for another.</remarks>
internal sealed class VoiceSource
{
    private const string SafeTensors = ".safetensors", Wav = ".wav";
    private static readonly string[] Folders = ["voices", "embeddings"];
    private readonly BundleFiles _files;
    private readonly BundleManifest _manifest;
    private readonly Func<string, string?>? _resolver;
    private readonly Dictionary<string, VoiceFile> _packed;

    /// <exception cref="InvalidDataException">The model has a damaged <c>voices.bin</c>.</exception>
    public VoiceSource(BundleFiles files, ModelLayout layout, Func<string, string?>? resolver)
    {
        _files = files;
        _manifest = layout.Manifest;
        _resolver = resolver;
        string[] places = [VoicesBin.FileName, layout.Folder + VoicesBin.FileName];
        var packed = Array.Find(places, files.Contains);
        _packed = packed is null ? [] : VoicesBin.Read(files.Read(packed), files.Describe(packed));
    }

    /// <summary>The voices that lie beside the model, sorted.</summary>
    public IEnumerable<string> Names =>
        Folders.SelectMany(_files.List)
            .Where(IsVoiceFile)
            .Select(f => Path.GetFileNameWithoutExtension(f))
            .Concat(_packed.Keys)
            .Distinct()
            .Order(StringComparer.Ordinal);

    /// <exception cref="ArgumentException">There is no voice of that name.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The voice file is damaged.</exception>
    public VoiceContent Open(string voice)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(voice);
        var isAddress = voice.Contains("://", StringComparison.Ordinal);
        if (!isAddress && IsVoiceFile(voice))
        {
            return File.Exists(voice)
                ? Content(voice, voice, File.ReadAllBytes(voice))
                : throw new FileNotFoundException($"The voice file '{Path.GetFullPath(voice)}' does not exist.", voice);
        }

        foreach (var folder in isAddress ? [] : Folders)
        {
            foreach (var file in _files.List(folder).Where(f => IsVoiceFile(f) && Path.GetFileNameWithoutExtension(f) == voice))
                return Content(file, _files.Describe($"{folder}/{file}"), _files.Read($"{folder}/{file}"));
        }

        if (_packed.TryGetValue(voice, out var packed))
            return new VoiceContent(packed.Location, null, packed);
        if (_resolver?.Invoke(voice) is { } path)
        {
            return IsVoiceFile(path) && File.Exists(path)
                ? Content(path, path, File.ReadAllBytes(path))
                : throw new FileNotFoundException($"The resolver says that the voice '{voice}' is '{path}', but that is no {Wav} or {SafeTensors} file.", path);
        }

        if (isAddress)
        {
            throw new ArgumentException(
                $"'{voice}' is an address; voices are not downloaded. Save the file and give its path, or set TtsModelOptions.Resolver.", nameof(voice));
        }

        if (File.Exists(voice))
        {
            throw new ArgumentException(
                $"The file '{Path.GetFullPath(voice)}' is no {Wav} or {SafeTensors} file; convert it first, for example with 'ffmpeg -i {voice} voice.wav'.", nameof(voice));
        }

        if (_manifest.PredefinedVoices.Contains(voice))
        {
            throw new FileNotFoundException(
                $"The voice '{voice}' is published apart from the model: put '{voice}.safetensors' (Hugging Face, "
                + $"kyutai/pocket-tts-without-voice-cloning, languages/<language>/embeddings) into '{_files.Describe("embeddings")}'. {Known()}");
        }

        throw new ArgumentException($"There is no voice '{voice}', and it is no path of a {Wav} or {SafeTensors} file. {Known()}", nameof(voice));
    }

    private static VoiceContent Content(string file, string location, byte[] bytes) =>
        IsWav(file) ? new VoiceContent(location, bytes, null) : new VoiceContent(location, null, SafeTensorsFile.Read(bytes, location));

    private static bool IsVoiceFile(string file) => IsWav(file) || file.EndsWith(SafeTensors, StringComparison.OrdinalIgnoreCase);

    private static bool IsWav(string file) => file.EndsWith(Wav, StringComparison.OrdinalIgnoreCase);

    private string Known() => Names.Any() ? $"Known voices: {string.Join(", ", Names)}." : $"No voice lies in '{_files.Location}'.";
}
