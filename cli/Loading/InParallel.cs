using System.Runtime.ExceptionServices;

namespace MigrationKit.Cli.Loading;

/// <summary>Does the same for many items on all processors.</summary>
internal static class InParallel
{
    /// <returns>What <paramref name="make"/> gives for each item, in their order.</returns>
    /// <exception cref="OperationCanceledException">Cancelled between two items.</exception>
    /// <remarks>The first exception of <paramref name="make"/> ends it and leaves as it is.</remarks>
    public static TResult[] Select<T, TResult>(IReadOnlyList<T> items, Func<T, TResult> make, CancellationToken cancellationToken = default)
    {
        var results = new TResult[items.Count];
        try
        {
            Parallel.For(0, items.Count, new() { CancellationToken = cancellationToken }, index => results[index] = make(items[index]));
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }

        return results;
    }
}
