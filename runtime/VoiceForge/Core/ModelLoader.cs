using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;

namespace VoiceForge.Core;

/// <summary>Loads voice models from ONNX files, from disk each time. Any thread; blocks.</summary>
public class ModelLoader
{
    private const string Cpu = "cpu";
    private const string Cuda = "cuda";

    /// <param name="device"><c>"cpu"</c> or <c>"cuda"</c> (default). Without a usable CUDA provider <c>"cuda"</c> becomes <c>"cpu"</c>, with a warning to <see cref="Trace"/>.</param>
    /// <exception cref="ArgumentException">The device is neither.</exception>
    public ModelLoader(string device = "cuda") => Device = Resolve(device);

    /// <summary>The device that models are really loaded for: <c>"cpu"</c> or <c>"cuda"</c>.</summary>
    public string Device { get; private set; }

    /// <summary>Loads a model.</summary>
    /// <param name="pthPath">An <c>.onnx</c> file. A PyTorch checkpoint is refused: reading one would run code from the file.</param>
    /// <param name="indexPath">An index file beside it, or <see langword="null"/>. A missing one is tolerated, as in V1: see <see cref="ModelData.HasIndex"/>.</param>
    /// <returns>A handle that the caller disposes.</returns>
    /// <exception cref="FileNotFoundException">There is no model file.</exception>
    /// <exception cref="InvalidDataException">The file is a PyTorch checkpoint, reaches for other files or is no valid ONNX model; the message says what to do.</exception>
    public ModelData LoadModel(string pthPath, string? indexPath = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(pthPath);
        var path = Path.GetFullPath(pthPath);
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no model file '{path}'.", path);

        PickleGuard.Refuse(path);
        var model = File.ReadAllBytes(path);
        OnnxGuard.Refuse(model, path);
        var hasIndex = indexPath is not null && File.Exists(indexPath);
        if (indexPath is not null && !hasIndex)
            Trace.TraceWarning($"There is no index file '{indexPath}'; the model '{path}' is used without.");

        var bytes = model.LongLength + (hasIndex ? new FileInfo(indexPath!).Length : 0);
        return new ModelData(new SharedModel(path, bytes, hasIndex, CreateSession(model, path)));
    }

    internal static string Resolve(string device)
    {
        ArgumentException.ThrowIfNullOrEmpty(device);
        if (device == Cpu)
            return Cpu;
        if (device != Cuda)
            throw new ArgumentException($"Device '{device}' is not known; use 'cuda' or 'cpu'.", nameof(device));
        if (OrtEnv.Instance().GetAvailableProviders().Contains("CUDAExecutionProvider"))
            return Cuda;

        Trace.TraceWarning("This ONNX Runtime has no CUDA provider; models are loaded for 'cpu'.");
        return Cpu;
    }

    private InferenceSession CreateSession(byte[] model, string path)
    {
        try
        {
            using var options = new SessionOptions();
            if (Device == Cuda)
                AppendCuda(options);
            return new InferenceSession(model, options);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new InvalidDataException($"'{path}' is no valid ONNX model: {exception.Message}", exception);
        }
    }

    // A provider that is listed may still fail for want of a driver or a card.
    private void AppendCuda(SessionOptions options)
    {
        try
        {
            options.AppendExecutionProvider_CUDA();
        }
        catch (OnnxRuntimeException exception)
        {
            Trace.TraceWarning($"CUDA cannot be used ({exception.Message}); models are loaded for 'cpu'.");
            Device = Cpu;
        }
    }
}
