namespace MigrationKit.Benchmarks;

/// <summary>A median with its 95 % bootstrap interval, and the peer measured against itself in the same rounds; null where that would take too long.</summary>
internal sealed record Ratio(double Median, double Low, double High, double? Control)
{
    /// <summary>Where the peer differs from itself by more than this, the machine was too busy.</summary>
    private const double ControlTolerance = 0.05;

    private const int Resamples = 2000;

    public bool IsValid => Control is not { } control || Math.Abs(control - 1) <= ControlTolerance;

    /// <param name="values">One a round; of two or three, the interval is the smallest and the largest.</param>
    /// <param name="control">The peer against itself.</param>
    public static Ratio Of(double[] values, double? control = null)
    {
        var random = new Random(1);
        var medians = Enumerable.Range(0, Resamples)
            .Select(_ => MedianOf([.. Enumerable.Range(0, values.Length).Select(_ => values[random.Next(values.Length)])]))
            .Order()
            .ToArray();
        return new(MedianOf(values), medians[(int)(0.025 * Resamples)], medians[(int)(0.975 * Resamples)], control);
    }

    public static double MedianOf(double[] values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
