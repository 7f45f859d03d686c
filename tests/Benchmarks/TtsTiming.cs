namespace MigrationKit.Benchmarks;

/// <summary>One sentence spoken: seconds from the call to the first samples and to the last, those that all threads computed, and how many samples there were.</summary>
internal sealed record TtsTiming(double First, double Total, double Processor, int Samples);
