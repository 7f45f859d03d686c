namespace MigrationKit.Benchmarks;

/// <summary>A median with its 95 % bootstrap interval, and the peer measured against itself in the same rounds.</summary>
internal sealed record Ratio(double Median, double Low, double High, double Control)
{
    /// <summary>Where the peer differs from itself by more than this, the machine was too busy.</summary>
    private const double ControlTolerance = 0.05;

    public bool IsValid => Math.Abs(Control - 1) <= ControlTolerance;
}
