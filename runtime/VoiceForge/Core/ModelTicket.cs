namespace VoiceForge.Core;

/// <summary>
/// What handles on one model share so that those which are forgotten are noticed: its finalizer runs when none of them can be reached any
/// more. A finalizer for each handle would make taking one several times as dear.
/// </summary>
internal sealed class ModelTicket(SharedModel model)
{
    private int _handles;

    /// <summary>Gives back the handles of callers that forgot to.</summary>
    ~ModelTicket()
    {
        // Nobody counts any more: who does has a handle, and it this ticket.
        for (; _handles > 0; _handles--)
            model.LetGoWithoutDispose();
    }

    public void Take() => Interlocked.Increment(ref _handles);

    public void GiveBack() => Interlocked.Decrement(ref _handles);
}
