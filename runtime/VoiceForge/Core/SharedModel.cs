using Microsoft.ML.OnnxRuntime;

namespace VoiceForge.Core;

/// <summary>A loaded model and the number of <see cref="ModelData"/> handles and caches that hold it; the last to let go disposes it.</summary>
internal sealed class SharedModel(string path, long bytes, bool hasIndex, InferenceSession session)
{
    private int _holders;
    private volatile bool _leaveToFinalizer;
    private WeakReference<ModelTicket> _ticket = new(null!); // replaced as a whole, so that threads need no lock

    public string Path => path;

    public long Bytes => bytes;

    public bool HasIndex => hasIndex;

    public InferenceSession Session => session;

    public bool IsDisposed { get; private set; }

    /// <summary>How many hold the model now.</summary>
    public int Holders => Volatile.Read(ref _holders);

    /// <summary>Only who holds the model already, or has the lock of a cache that does, may call it: the count never rises from nothing.</summary>
    public SharedModel Hold()
    {
        Interlocked.Increment(ref _holders);
        return this;
    }

    /// <summary>The ticket of the handles that were taken lately, or a new one. Two threads may get two; each counts its own handles.</summary>
    public ModelTicket Ticket()
    {
        if (Volatile.Read(ref _ticket).TryGetTarget(out var ticket))
            return ticket;

        ticket = new ModelTicket(this);
        Volatile.Write(ref _ticket, new WeakReference<ModelTicket>(ticket)); // release: it is complete before others see it
        return ticket;
    }

    public void LetGo()
    {
        // A full fence: whoever brings the count to nothing sees what all before it wrote, the flag below included.
        if (Interlocked.Decrement(ref _holders) != 0 || _leaveToFinalizer)
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
        _leaveToFinalizer = true; // before the count: the one who lets go last must see it
        Interlocked.Decrement(ref _holders);
    }
}
