using Microsoft.ML.OnnxRuntime;

namespace PocketTts.Onnx;

/// <summary>All memory that one generation works in; afterwards it serves the next generation.</summary>
internal sealed class GenerationWorkspace : IDisposable
{
    private readonly RunOptions _runOptions = new();

    public GenerationWorkspace(SpeechGraphs graphs)
    {
        Latents = new LatentWorkspace(graphs, _runOptions);
        Codec = new CodecWorkspace(graphs, _runOptions);
    }

    public LatentWorkspace Latents { get; }

    public CodecWorkspace Codec { get; }

    /// <summary>Ends the runs that go on, and every later one at its start, until <see cref="Revive"/>. Any thread.</summary>
    public void Terminate() => _runOptions.Terminate = true;

    /// <summary>Makes it as good as new for the next generation.</summary>
    public void Revive()
    {
        _runOptions.Terminate = false;
        Codec.Reset(); // clearing megabytes would delay the first frame
    }

    public void Dispose()
    {
        Latents.Dispose();
        Codec.Dispose();
        _runOptions.Dispose();
    }
}
