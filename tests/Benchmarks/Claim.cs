using System.Globalization;

namespace MigrationKit.Benchmarks;

/// <summary>One row of the output: what is claimed, and what this machine says of it.</summary>
/// <param name="Text">The claim, with its limit.</param>
/// <param name="Unit">What the ratio is.</param>
/// <param name="Measured">Ratio of ours to the peer, with its interval.</param>
/// <param name="IsMet">Whether the whole interval keeps the limit; <see langword="null"/> when the control run shows that the machine was too busy to say.</param>
internal sealed record Claim(string Text, string Unit, Ratio Measured, bool? IsMet)
{
    public static Claim AtLeast(string text, string unit, Ratio ratio, double limit) => new(text, unit, ratio, ratio.IsValid ? ratio.Low >= limit : null);

    public static Claim AtMost(string text, string unit, Ratio ratio, double limit) => new(text, unit, ratio, ratio.IsValid ? ratio.High <= limit : null);

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"| {Text} | {Figure(Measured.Median)} {Unit} | {Figure(Measured.Low)} – {Figure(Measured.High)} | {(IsMet is { } isMet ? isMet ? "met" : "missed" : $"void: the control gave {Measured.Control:0.00}")} |");

    private static string Figure(double ratio) => ratio.ToString(Math.Abs(ratio) < 0.1 ? "0.0000" : "0.00", CultureInfo.InvariantCulture);
}
