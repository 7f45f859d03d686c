using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace VoiceForge.Core;

/// <summary>Runs a model once on zeros, with every open dimension 1: that allocates its memory and picks its kernels.</summary>
internal static class ModelWarmup
{
    private const long MaxElements = 1 << 24; // an input larger than that is no typical one, and zeros of it no help

    public static void Run(ModelData model)
    {
        var inputs = new List<NamedOnnxValue>();
        foreach (var (name, metadata) in model.Session.InputMetadata)
        {
            if (CreateZeros(name, metadata) is not { } input)
            {
                Trace.TraceInformation($"'{model.Path}' is not warmed up: its input '{name}' has no shape or type to make up.");
                return;
            }

            inputs.Add(input);
        }

        try
        {
            model.Session.Run(inputs).Dispose();
        }
        catch (OnnxRuntimeException exception)
        {
            // A model may have every right to refuse inputs of one sample; its first real use says whether it works.
            Trace.TraceWarning($"'{model.Path}' could not be warmed up: {exception.Message}");
        }
    }

    private static NamedOnnxValue? CreateZeros(string name, NodeMetadata metadata)
    {
        if (!metadata.IsTensor)
            return null;

        var shape = Array.ConvertAll(metadata.Dimensions, dimension => Math.Max(1, dimension));
        if (shape.Aggregate(1.0, (product, dimension) => product * dimension) > MaxElements)
            return null;

        return metadata.ElementDataType switch
        {
            TensorElementType.Float => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<float>(shape)),
            TensorElementType.Double => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<double>(shape)),
            TensorElementType.Int32 => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<int>(shape)),
            TensorElementType.Int64 => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<long>(shape)),
            TensorElementType.Bool => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<bool>(shape)),
            TensorElementType.Float16 => NamedOnnxValue.CreateFromTensor(name, new DenseTensor<Float16>(shape)),
            _ => null,
        };
    }
}
