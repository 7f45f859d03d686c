using System.Diagnostics;

namespace MigrationKit.Benchmarks;

/// <summary>Times two pieces of work in turn, in one process, and compares them round by round.</summary>
/// <remarks>Each round runs peer, ours, ours, peer, so that a drift of the machine touches both alike.</remarks>
internal static class Pairs
{
    private const int Rounds = 41;
    private static readonly TimeSpan BatchTime = TimeSpan.FromMilliseconds(20);

    /// <returns>How many times faster ours is than the peer, per operation.</returns>
    public static Ratio Speedup(Action<int> ours, Action<int> peer) => Compare(ours, peer, (our, their) => their / our);

    /// <returns>How many times the peer's time ours takes, per operation.</returns>
    public static Ratio Cost(Action<int> ours, Action<int> peer) => Compare(ours, peer, (our, their) => our / their);

    private static Ratio Compare(Action<int> ours, Action<int> peer, Func<double, double, double> ratio)
    {
        var ourBatch = BatchOf(ours);
        var peerBatch = BatchOf(peer);
        var ratios = new double[Rounds];
        var controls = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            var first = Time(peer, peerBatch);
            var one = Time(ours, ourBatch);
            var two = Time(ours, ourBatch);
            var last = Time(peer, peerBatch);
            ratios[round] = ratio(one + two, first + last);
            controls[round] = first / last;
        }

        return Ratio.Of(ratios, Ratio.MedianOf(controls));
    }

    private static double Time(Action<int> work, int operations)
    {
        var start = Stopwatch.GetTimestamp();
        work(operations);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / operations;
    }

    /// <summary>How many operations take about one batch, after the code is compiled at its last tier.</summary>
    private static int BatchOf(Action<int> work)
    {
        var operations = 64;
        while (true)
        {
            var start = Stopwatch.GetTimestamp();
            work(operations);
            var elapsed = Stopwatch.GetElapsedTime(start);
            if (elapsed >= BatchTime)
            {
                for (var again = 0; again < 10; again++)
                    work(operations);
                return Math.Max(1, (int)(operations * (BatchTime / elapsed)));
            }

            operations *= 2;
        }
    }
}
