namespace VoiceForge;

/// <summary>One line of a <see cref="DiagnosticReport"/>.</summary>
/// <param name="Name">Short and stable, in lower case, for example <c>buffer pool</c>.</param>
/// <param name="Status">What it came to.</param>
/// <param name="Measured">What was found, with its unit.</param>
/// <param name="Limit">What was wanted, with its unit.</param>
/// <param name="Remedy">What to do; <see langword="null"/> only when there is nothing to do.</param>
public sealed record DiagnosticCheck(string Name, DiagnosticStatus Status, string Measured, string Limit, string? Remedy);
