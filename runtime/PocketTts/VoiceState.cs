using PocketTts.Voices;

namespace PocketTts;

/// <summary>What a model knows of a voice: the start of every generation with it.</summary>
/// <remarks>
/// Belongs to one model. Any number of generations may share it at once; only one that is told not to copy it
/// (<c>GenerationOptions.CopyState = false</c>) needs it alone. Holds managed memory only, so forgetting to dispose it does not leak.
/// </remarks>
public sealed partial class VoiceState : IDisposable
{
    private readonly Lock _gate = new();
    private SpeechEngine? _owner;
    private FlowSnapshot? _snapshot;
    private VoiceFile? _file; // read, but not used by a model yet
    private bool _isContinued;

    internal VoiceState(SpeechEngine owner, FlowSnapshot snapshot)
    {
        _owner = owner;
        _snapshot = snapshot;
    }

    /// <summary>Gives the memory back. Any thread, more than once; a generation that still runs keeps its own copy.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _snapshot = null;
            _file = null;
        }
    }

    /// <summary>Makes sure that the state is one of <paramref name="engine"/>; one out of a file becomes it.</summary>
    /// <exception cref="ArgumentException">It belongs to another model.</exception>
    internal void BindTo(SpeechEngine engine)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_snapshot is null && _file is null, this);
            if (_owner is null)
            {
                _snapshot = engine.ReadState(_file!);
                _owner = engine;
                _file = null;
            }
            else if (_owner != engine)
            {
                throw new ArgumentException("The voice state was made by another model; make one with this model.", "voiceState");
            }
        }
    }

    /// <summary>The state as it is now; it is immutable, so the caller may use it for as long as it likes.</summary>
    internal FlowSnapshot Share()
    {
        lock (_gate)
        {
            ThrowUnlessUsable();
            return _snapshot!;
        }
    }

    /// <summary>As <see cref="Share"/>, and keeps everyone else out until <see cref="EndContinuation"/>.</summary>
    internal FlowSnapshot BeginContinuation()
    {
        lock (_gate)
        {
            ThrowUnlessUsable();
            _isContinued = true;
            return _snapshot!;
        }
    }

    /// <param name="reached">Where the generation got to; <see langword="null"/> leaves the state as it was.</param>
    internal void EndContinuation(FlowSnapshot? reached)
    {
        lock (_gate)
        {
            _isContinued = false;
            if (_snapshot is not null && reached is not null)
                _snapshot = reached;
        }
    }

    private void ThrowUnlessUsable()
    {
        ObjectDisposedException.ThrowIf(_snapshot is null, this);
        if (_isContinued)
            throw new InvalidOperationException(
                "This voice state is being continued by a generation with CopyState = false, which needs it alone; wait for it, or give each caller its own state.");
    }
}
