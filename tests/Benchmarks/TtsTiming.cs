namespace MigrationKit.Benchmarks;

/// <summary>One sentence spoken: seconds from the call to the first samples and to the last, and how many there were.</summary>
internal sealed record TtsTiming(double First, double Total, int Samples);
