namespace VoiceForge.Core;

/// <summary>One load and those who wait for it. All but <see cref="Wait"/> is called under the lock of the cache.</summary>
internal sealed class ModelFlight
{
    private readonly TaskCompletionSource<SharedModel> _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _waiters;

    public void Join() => _waiters++;

    public void Complete(SharedModel model)
    {
        for (var waiter = 0; waiter < _waiters; waiter++)
            model.Hold(); // one for each, so that nobody disposes it before all have their handle
        _loaded.SetResult(model);
    }

    public void Fail(Exception exception)
    {
        _loaded.SetException(exception);
        _ = _loaded.Task.Exception; // seen: without a waiter it is the loading caller's alone
    }

    public ModelData Wait()
    {
        var model = _loaded.Task.GetAwaiter().GetResult();
        var handle = new ModelData(model);
        model.LetGo();
        return handle;
    }
}
