using PocketTts.Voices;

namespace PocketTts;

/// <summary>What a model knows of a voice: the start of every generation with it.</summary>
/// <remarks>
/// Belongs to the model that made it. Any number of generations may share it at once; only one that is told not to copy it
/// (<c>GenerationOptions.CopyState = false</c>) needs it alone. Holds managed memory only, so forgetting to dispose it does not leak.
/// </remarks>
public sealed class VoiceState : IDisposable
{
    private readonly Lock _gate = new();
    private FlowSnapshot? _snapshot;
    private bool _isContinued;

    internal VoiceState(SpeechEngine owner, FlowSnapshot snapshot)
    {
        Owner = owner;
        _snapshot = snapshot;
    }

    internal SpeechEngine Owner { get; }

    /// <summary>Gives the memory back. Any thread, more than once; a generation that still runs keeps its own copy.</summary>
    public void Dispose()
    {
        lock (_gate)
            _snapshot = null;
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
