using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace VoiceForge.Core;

/// <summary>
/// Runs a model once on silence, in the sizes it will meet: that allocates its memory and picks its kernels. An open first dimension is a
/// batch of one, every other open dimension a block of 256; a model that refuses those is tried with ones.
/// </summary>
internal static class ModelWarmup
{
    private const int TypicalSize = 256;
    private const long MaxElements = 1 << 22; // an input larger than that is no typical one, and silence of it no help

    /// <exception cref="InvalidDataException">There is a contract, and the run failed or returned what the contract excludes.</exception>
    public static void Run(InferenceSession session, string path, ModelContract? contract)
    {
        var problem = TryRun(session, contract, TypicalSize);
        if (problem is not null)
            problem = TryRun(session, contract, size: 1);
        if (problem is null)
            return;
        if (contract is not null)
            throw ModelContract.Broken(path, $"its warm-up on silence failed: {problem}");

        // Nothing is known about the model, so it may have every right to refuse such inputs; its first real use says whether it works.
        Trace.TraceWarning($"'{path}' could not be warmed up: {problem}");
    }

    private static string? TryRun(InferenceSession session, ModelContract? contract, int size)
    {
        var inputs = new List<NamedOnnxValue>();
        foreach (var (name, metadata) in session.InputMetadata)
        {
            if (CreateZeros(name, metadata, size) is not { } input)
                return $"its input '{name}' has no shape or type to make up";

            inputs.Add(input);
        }

        try
        {
            using var outputs = session.Run(inputs);
            return outputs.Select(output => Check(output, contract)).FirstOrDefault(problem => problem is not null);
        }
        catch (OnnxRuntimeException exception)
        {
            return exception.Message;
        }
    }

    private static string? Check(DisposableNamedOnnxValue output, ModelContract? contract)
    {
        if (output.Value is not Tensor<float> values)
            return null;

        var port = contract?.Outputs.FirstOrDefault(port => port.Name == output.Name);
        if (port is not null && !(values.Rank == port.Shape.Count && port.Shape.Zip(values.Dimensions.ToArray()).All(pair => pair.First < 0 || pair.First == pair.Second)))
            return $"output '{output.Name}' has the shape {ModelContract.Text(values.Dimensions.ToArray())}, expected {ModelContract.Text(port.Shape)}";
        return values.All(float.IsFinite) ? null : $"output '{output.Name}' holds values that are not finite";
    }

    private static NamedOnnxValue? CreateZeros(string name, NodeMetadata metadata, int size)
    {
        if (!metadata.IsTensor)
            return null;

        var shape = metadata.Dimensions.Select((dimension, index) => dimension > 0 ? dimension : index == 0 && metadata.Dimensions.Length > 1 ? 1 : size).ToArray();
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
