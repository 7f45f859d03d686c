using Microsoft.ML.OnnxRuntime;

namespace PocketTts.Onnx;

/// <summary>Where the files of a model are: a folder, or memory.</summary>
internal abstract class BundleFiles
{
    /// <summary>For messages.</summary>
    public abstract string Location { get; }

    public abstract bool Contains(string file);

    /// <summary>The names of the files in a folder, without the folder; none if there is no such folder.</summary>
    public abstract IEnumerable<string> List(string folder);

    public abstract byte[] Read(string file);

    public abstract InferenceSession OpenSession(string file, SessionOptions options);

    public virtual string Describe(string file) => $"{Location}/{file}";
}
