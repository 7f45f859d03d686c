using Microsoft.ML.OnnxRuntime;
using VoiceForge.Core;

namespace VoiceApp.Core;

/// <summary>A model that turns a block of samples into another of the same length: one float input and one float output of rank 1.</summary>
public sealed class VoiceModel : IDisposable
{
    private readonly ModelData _data;
    private readonly string _input;

    internal VoiceModel(ModelData data)
    {
        _data = data;
        _input = data.Session.InputMetadata.Keys.Single();
    }

    /// <summary>Size of the model in bytes.</summary>
    public long Bytes => _data.Bytes;

    /// <summary>Runs the model on one block.</summary>
    public float[] Convert(float[] block)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(block, [block.Length]);
        using var run = new RunOptions();
        using var output = _data.Session.Run(run, [_input], [input], _data.Session.OutputNames);
        return output[0].GetTensorDataAsSpan<float>().ToArray();
    }

    /// <inheritdoc/>
    public void Dispose() => _data.Dispose();
}
