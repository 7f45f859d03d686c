using Microsoft.ML.OnnxRuntime;
using VoiceForge.Core;

namespace PocketTts.Onnx;

/// <summary>Where the files of a model are: a folder, or memory.</summary>
internal abstract class BundleFiles
{
    /// <summary>For messages.</summary>
    public abstract string Location { get; }

    /// <summary>What the model is called if its files do not say it.</summary>
    public abstract string Name { get; }

    public abstract bool Contains(string file);

    /// <summary>The names of the files in a folder, without the folder; none if there is no such folder. The model's own is the empty name.</summary>
    public abstract IEnumerable<string> List(string folder);

    public abstract byte[] Read(string file);

    public virtual string Describe(string file) => $"{Location}/{file}";

    /// <exception cref="InvalidDataException">The file is no graph, or reaches out of itself.</exception>
    public byte[] ReadGraph(string file)
    {
        var model = Read(file);
        OnnxGuard.Refuse(model, Describe(file));
        return model;
    }

    /// <param name="file">For messages.</param>
    /// <param name="model">What <see cref="ReadGraph"/> gave: from memory, so that what was checked is what runs.</param>
    /// <param name="options">Of the session.</param>
    /// <exception cref="InvalidDataException">ONNX Runtime does not load the graph.</exception>
    public InferenceSession OpenSession(string file, byte[] model, SessionOptions options)
    {
        try
        {
            return new InferenceSession(model, options);
        }
        catch (OnnxRuntimeException e)
        {
            throw new InvalidDataException($"ONNX Runtime cannot load '{Describe(file)}': {e.Message}", e);
        }
    }
}
