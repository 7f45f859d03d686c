using Microsoft.ML.OnnxRuntime;

namespace PocketTts.Onnx;

/// <summary>The files of a model in a folder; names use <c>/</c>.</summary>
internal sealed class DirectoryFiles(string directory) : BundleFiles
{
    public override string Location => directory;

    public override bool Contains(string file) => File.Exists(PathOf(file));

    public override IEnumerable<string> List(string folder) =>
        Directory.Exists(PathOf(folder)) ? Directory.EnumerateFiles(PathOf(folder)).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal) : [];

    public override byte[] Read(string file) => File.ReadAllBytes(PathOf(file));

    public override InferenceSession OpenSession(string file, SessionOptions options) => new(PathOf(file), options);

    private string PathOf(string file) => Path.Combine(directory, file);
}
