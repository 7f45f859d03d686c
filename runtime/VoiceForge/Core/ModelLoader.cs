using System.Diagnostics;
using Microsoft.ML.OnnxRuntime;

namespace VoiceForge.Core;

/// <summary>Loads voice models from ONNX files, from disk each time. Any thread; blocks. Loads run one after the other.</summary>
public class ModelLoader
{
    private const string Cpu = "cpu";
    private const string Cuda = "cuda";

    // What one load takes can be told only while no other one allocates.
    private static readonly Lock Scale = new();

    /// <param name="device"><c>"cpu"</c> or <c>"cuda"</c> (default). Without a usable CUDA provider <c>"cuda"</c> becomes <c>"cpu"</c>, with a warning to <see cref="Trace"/>.</param>
    /// <exception cref="ArgumentException">The device is neither.</exception>
    public ModelLoader(string device = "cuda") => Device = Resolve(device);

    /// <summary>The device that models are really loaded for: <c>"cpu"</c> or <c>"cuda"</c>.</summary>
    public string Device { get; private set; }

    /// <summary>Says how much of the native heap is in use, or <see langword="null"/>: then models weigh what their files do.</summary>
    internal Func<long?> HeapInUse { get; init; } = NativeHeap.BytesInUse;

    /// <summary>Loads a model.</summary>
    /// <param name="pthPath">An <c>.onnx</c> file. A PyTorch checkpoint is refused: reading one would run code from the file. If a file <c>SHA256SUMS</c> lies beside it, the model must be listed there, unchanged.</param>
    /// <param name="indexPath">An index file beside it, or <see langword="null"/>. A missing one is tolerated, as in V1: see <see cref="ModelData.HasIndex"/>.</param>
    /// <returns>A handle that the caller disposes.</returns>
    /// <exception cref="FileNotFoundException">There is no model file.</exception>
    /// <exception cref="InvalidDataException">The file is a PyTorch checkpoint, reaches for other files or code, was changed, or is no valid ONNX model; the message says what to do.</exception>
    public ModelData LoadModel(string pthPath, string? indexPath = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(pthPath);
        return Load(ModelFile.Read(pthPath, indexPath), warmup: false, contract: null);
    }

    /// <summary>Makes a session of a file that was read, checks it against a contract if there is one, and weighs it.</summary>
    internal ModelData Load(ModelFile file, bool warmup, ModelContract? contract)
    {
        lock (Scale)
        {
            var before = HeapInUse();
            var session = CreateSession(file);
            try
            {
                contract?.Check(session, file.Path);
                if (warmup || contract is not null)
                    ModelWarmup.Run(session, file.Path, contract);
            }
            catch (InvalidDataException)
            {
                session.Dispose();
                throw;
            }

            NativeHeap.Trim(); // ONNX Runtime has parsed the file into a copy that is free again by now, but not yet the system's

            // At least the files: what other threads free meanwhile must not make a model look like nothing.
            var weight = HeapInUse() is { } after && before is { } start ? Math.Max(file.Bytes, after - start) : file.Bytes;
            return new ModelData(new SharedModel(file.Path, weight, file.HasIndex, session));
        }
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

    private InferenceSession CreateSession(ModelFile file)
    {
        try
        {
            using var options = new SessionOptions();

            // Threads that spin for their next piece of work would take the processor from the audio thread.
            options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
            if (Device == Cuda)
                AppendCuda(options);
            return new InferenceSession(file.Content, options);
        }
        catch (OnnxRuntimeException exception)
        {
            throw new InvalidDataException($"'{file.Path}' is no valid ONNX model: {exception.Message}", exception);
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
