using VoiceForge.Core;

namespace VoiceApp.Core;

/// <summary>The voice models in a folder: <c>name.onnx</c>, with <c>name.index</c> beside it where there is one.</summary>
/// <param name="folder">Where the models lie.</param>
public sealed class VoiceLibrary(string folder)
{
    private readonly ModelCache _modelCache = new ModelCache(maxCacheSizeGb: 8.0, device: "cpu");
    private readonly ModelLoader _loader = new(device: "cpu");

    /// <summary>The names of the models, in alphabetical order.</summary>
    public IEnumerable<string> Names =>
        Directory.EnumerateFiles(folder, "*.onnx").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    /// <summary>Loads a model.</summary>
    /// <exception cref="FileNotFoundException">The folder holds no model of that name.</exception>
    public VoiceModel Open(string name)
    {
        var model = _modelCache.GetOrLoad(_loader, PathOf(name, ".onnx"), PathOf(name, ".index"));
        return new VoiceModel(model);
    }

    private string PathOf(string name, string extension) => Path.Combine(folder, name + extension);
}
