namespace VoiceForge;

/// <summary>What <see cref="VoiceForgeDiagnostics"/> found.</summary>
/// <param name="Checks">All checks, in a fixed order.</param>
/// <param name="Passed">Whether none failed; warnings and what was not measured do not count.</param>
public sealed record DiagnosticReport(IReadOnlyList<DiagnosticCheck> Checks, bool Passed);
