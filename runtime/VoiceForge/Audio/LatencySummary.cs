namespace VoiceForge.Audio;

/// <summary>Percentiles of a duration; all zero when nothing was measured. Percentiles are upper bounds, at most 1/16 above the true value.</summary>
/// <param name="P50">Half of all measured were at most this long.</param>
/// <param name="P95">95 of 100 were at most this long.</param>
/// <param name="P99">99 of 100 were at most this long.</param>
/// <param name="Max">The longest, exact.</param>
public readonly record struct LatencySummary(TimeSpan P50, TimeSpan P95, TimeSpan P99, TimeSpan Max);
