namespace VoiceForge.Audio;

/// <summary>The result of <see cref="BufferPool.ValidateIntegrity"/>.</summary>
/// <param name="IsHealthy">Whether nothing was found.</param>
/// <param name="Problems">One sentence for each problem, naming the slot.</param>
/// <param name="Duration">How long the check took.</param>
public sealed record IntegrityReport(bool IsHealthy, IReadOnlyList<string> Problems, TimeSpan Duration);
