using PocketTts.Onnx;
using PocketTts.Tone;

namespace PocketTts.Tests;

/// <summary>The tone voice written to a folder as a published model would be, with whatever a test changes.</summary>
internal sealed class BundleFolder : IDisposable
{
    public const string Variant = "copy";

    public BundleFolder(Action<Dictionary<string, byte[]>>? change = null)
    {
        Root = Directory.CreateTempSubdirectory("pocket-tts-").FullName;
        var files = new Dictionary<string, byte[]>(ToneFiles.All);
        change?.Invoke(files);
        foreach (var (name, content) in files)
        {
            var path = Path.Combine(Root, Variant, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, content);
        }
    }

    public string Root { get; }

    public TtsModelOptions Options => new() { Variant = Variant, ModelDirectory = Root };

    public TtsModel Load() => TtsModel.LoadModel(Options);

    public SpeechEngine LoadEngine() => SpeechEngine.Load(Options);

    public void Dispose() => Directory.Delete(Root, recursive: true);

    public static void ChangeManifest(Dictionary<string, byte[]> files, Func<BundleManifest, BundleManifest> change) =>
        files[BundleManifest.FileName] = change(BundleManifest.Parse(files[BundleManifest.FileName], "test")).ToJson();
}
