using Microsoft.ML.OnnxRuntime;

namespace VoiceForge.Core;

/// <summary>A handle on a loaded model. Several handles may share one model; the model goes with the last of them.</summary>
/// <remarks>
/// Dispose every handle once done with it: one from a cache gives the model back to the cache, one from a loader frees it. Any thread may
/// call any member, and <see cref="InferenceSession.Run(IReadOnlyCollection{NamedOnnxValue})"/> may run on several threads at once. The last handle
/// frees the model, which takes milliseconds: dispose handles on another thread than the one that processes audio.
/// </remarks>
public sealed class ModelData : IDisposable
{
    private readonly SharedModel _model;
    private ModelTicket? _ticket; // null once this handle was given back, so that it keeps no other from being noticed

    internal ModelData(SharedModel model)
    {
        _model = model.Hold();
        var ticket = model.Ticket();
        ticket.Take();
        _ticket = ticket;
    }

    /// <summary>Full path of the model file.</summary>
    public string Path => _model.Path;

    /// <summary>
    /// What the model counts for in a cache, in bytes: the native memory that loading it took, warm-up included where it was warmed up, and
    /// at least the size of its files. Where the system does not say what was taken (anywhere but on Linux with glibc 2.33), that size.
    /// </summary>
    public long Bytes => _model.Bytes;

    /// <summary>Whether an index file was asked for and is there.</summary>
    public bool HasIndex => _model.HasIndex;

    /// <summary>Whether this handle was given back. Other handles on the same model are not affected.</summary>
    public bool IsDisposed => Volatile.Read(ref _ticket) is null;

    /// <summary>The ONNX Runtime session; use it only while the handle is not disposed, and do not dispose it.</summary>
    /// <exception cref="ObjectDisposedException">This handle was given back.</exception>
    public InferenceSession Session
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            return _model.Session;
        }
    }

    internal SharedModel Model
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsDisposed, this);
            return _model;
        }
    }

    /// <summary>Gives the handle back. Does nothing the second time.</summary>
    public void Dispose()
    {
        // Exchange: of two threads that dispose at once, one gives back.
        if (Interlocked.Exchange(ref _ticket, null) is not { } ticket)
            return;

        ticket.GiveBack();
        _model.LetGo();
    }
}
