using Microsoft.ML.OnnxRuntime;

namespace VoiceForge.Core;

/// <summary>A loaded model and the number of <see cref="ModelData"/> handles and caches that hold it; the last to let go disposes it.</summary>
internal sealed class SharedModel(string path, long bytes, bool hasIndex, InferenceSession session)
{
    private readonly Lock _lock = new();
    private int _holders;
    private bool _leaveToFinalizer;

    public string Path => path;

    public long Bytes => bytes;

    public bool HasIndex => hasIndex;

    public InferenceSession Session => session;

    public bool IsDisposed { get; private set; }

    /// <summary>How many hold the model now.</summary>
    public int Holders
    {
        get
        {
            lock (_lock)
            {
                return _holders;
            }
        }
    }

    public SharedModel Hold()
    {
        lock (_lock)
        {
            _holders++;
        }

        return this;
    }

    public void LetGo()
    {
        bool dispose;
        lock (_lock)
        {
            dispose = --_holders == 0 && !_leaveToFinalizer;
        }

        if (!dispose)
            return;

        session.Dispose();
        NativeHeap.Trim();
        IsDisposed = true;
    }

    /// <summary>
    /// For a handle that was dropped, not disposed. Its user may still run the session it got from it, so from now on the session is
    /// nobody's to dispose: its own finalizer does it when it is out of reach.
    /// </summary>
    public void LetGoWithoutDispose()
    {
        lock (_lock)
        {
            _holders--;
            _leaveToFinalizer = true;
        }
    }
}
