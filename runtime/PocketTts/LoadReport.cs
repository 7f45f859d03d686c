namespace PocketTts;

/// <summary>Counts the files of a load for whoever wants to know, and ends the load between two of them when it is cancelled.</summary>
internal sealed class LoadReport(IProgress<LoadProgress>? progress, CancellationToken cancellationToken)
{
    private int _loaded;

    public int Total { get; set; }

    public void Check() => cancellationToken.ThrowIfCancellationRequested();

    /// <exception cref="OperationCanceledException">The load was cancelled.</exception>
    public void Loaded(string file)
    {
        progress?.Report(new LoadProgress(++_loaded, Total, file));
        Check();
    }
}
